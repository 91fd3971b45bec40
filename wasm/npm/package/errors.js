// Everything that this package refuses is a OneshotError; `code` is for programs, `message` for people.
export class OneshotError extends Error {
  constructor(code, message, options) {
    super(message, options);
    this.name = "OneshotError";
    this.code = code;
  }
}
