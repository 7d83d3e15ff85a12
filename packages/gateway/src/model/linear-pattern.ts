/** One character, or one of a class. */
const atom = String.raw`(?:[^\\^$.|?*+()[\]{}]|\\[^\w]|\\[dDwWsSnrt]|\.|\[(?:[^\][\\]|\\[^\n])+\])`;
const counted = String.raw`(?:${atom}(?:\{\d{1,2}\})?)*`;
const varying = String.raw`(?:${atom}(?:[*+?]|\{\d{1,4},\d{0,4}\}))?`;
const linear = new RegExp(String.raw`^(?:${atom}*\$?|\^${counted}${varying}${counted}\$?)$`);

/**
 * Whether a regular expression surely takes time in proportion to its text: it is short, has no groups, alternatives or
 * references, and at most one quantifier that varies, behind a `^`. Of others nothing is said: they need a time limit.
 */
export function isLinearPattern(source: string): boolean {
  return source.length <= 100 && linear.test(source);
}
