// Turns lets calls take effect in the order in which they are made, however long what each waits for takes.
export class Turns {
  #last = Promise.resolve();

  // take is what act makes of what `ready` promises, once the acts before it are over.
  take(ready, act) {
    const turn = Promise.all([ready, this.#last]).then(([value]) => act(value));
    // A turn whose `ready` fails is over before those before it. The answers are dropped, lest each be kept by the next.
    this.#last = Promise.allSettled([this.#last, turn]).then(() => {});
    return turn;
  }
}
