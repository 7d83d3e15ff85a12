const character = "[\\w.~!$&'()*+,;=@-]|%[0-9A-Fa-f]{2}";
const authority = `(?:(?:${character}|:)*@)?(?:\\[[\\w.~!$&'()*+,;=:-]+\\]|(?:${character})*)(?::\\d*)?`;
/** Behind an authority a path is empty or begins with a slash; without one it does not begin with two. */
const rest = `(?://${authority}(?:/(?:${character}|[:/])*)?|/(?:(?:${character}|:)(?:${character}|[:/])*)?)`;
const scheme = '[A-Za-z][A-Za-z0-9+.-]*:';
const tail = `(?:\\?(?:${character}|[:/?])*)?(?:#(?:${character}|[:/?])*)?`;
const absolute = `${scheme}(?:${rest}|(?:${character}|:)(?:${character}|[:/])*)?`;
/** Before its first slash a relative path has no colon, which would end a scheme. */
const relative = `(?:${rest}|(?:${character})+(?:/(?:${character}|[:/])*)?)?`;
const pattern = new RegExp(`^(?:${absolute}|${relative})${tail}$`);

/** Whether text is a URI or a relative reference (RFC 3986 §4.1), as the empty text is. */
export function isUriReference(text: string): boolean {
  return pattern.test(text);
}
