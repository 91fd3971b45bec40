// Everything that this package refuses is a OneshotError; `code` is for programs, `message` for people.
export class OneshotError extends Error {
  constructor(code, message, options) {
    super(message, options);
    this.name = "OneshotError";
    this.code = code;
  }
}

// attempt is what act returns or promises; what else goes wrong in it than a refusal becomes one.
export async function attempt(code, message, act) {
  try {
    return await act();
  } catch (cause) {
    throw cause instanceof OneshotError ? cause : new OneshotError(code, message, { cause });
  }
}
