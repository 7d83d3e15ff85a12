/** The version of this package; a test holds it against `package.json`, which costs nothing at start. */
export const version: string = '0.1.0';
