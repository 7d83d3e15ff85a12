/** API Gateway quotas, "Mapping template size": 300 KB. */
export const maxTemplateBytes = 307_200;

/** API Gateway quotas, "Iterations of a #foreach loop in mapping templates": a longer list is cut, as Velocity's own bound does. */
export const maxLoopIterations = 1000;

/** Velocity's `directive.define.maxdepth`: a block that renders itself stops there, and its reference is left as text. */
export const maxDefineDepth = 2;

/** Velocity's `velocimacro.max.depth`: a macro that calls itself more often fails. */
export const maxMacroDepth = 20;

/** How deep a template may nest directives, expressions and strings; deeper ones are mistakes, and recursion must end. */
export const maxSyntaxDepth = 64;

/** How deep `#evaluate`, blocks and values may nest while a template is rendered: deeper than JSON that is read may be. */
export const maxRenderDepth = 128;

/** How deep JSON may nest that a template reads. */
export const maxJsonDepth = 100;

/**
 * The work of one rendering: every node rendered, character copied in bulk (64 at a time) and item visited counts. This is
 * well below a second, and far above what three nested loops over a message need.
 */
export const maxSteps = 4_000_000;

/** The longest text that a template may make, in UTF-16 code units: eight messages of 128 KB. */
export const maxTextLength = 1_048_576;

/** How long the regular expressions of one rendering may run together, in milliseconds: backtracking has no steps to count. */
export const regexMilliseconds = 200;

/** The longest regular expression, in UTF-16 code units. */
export const maxPatternLength = 1000;
