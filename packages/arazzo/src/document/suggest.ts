const LONGEST_COMPARED = 100;
/** Of more names only the first are compared: a document may hold many, and miss many. */
const MOST_COMPARED = 500;

/** ` Did you mean "…"?` for the nearest of the known names, or nothing when none is near. */
export function suggest(name: string, known: Iterable<string>): string {
  const nearest = findNearest(name, known);
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}

/** The known name at the smallest edit distance, letter case counting little; at most a third of the name may differ. */
export function findNearest(name: string, known: Iterable<string>): string | undefined {
  if (name.length > LONGEST_COMPARED) return undefined;
  let nearest: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 0.5;
  let compared = 0;
  for (const candidate of known) {
    compared += 1;
    if (compared > MOST_COMPARED) break;
    if (candidate === name || Math.abs(candidate.length - name.length) >= least || candidate.length > LONGEST_COMPARED)
      continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance >= least) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest;
}

/** Shorter names are near others by chance. */
const SHORTEST_CERTAIN = 5;

/**
 * The known name that a misspelt one surely means: the only one that differs in no more than one letter, or in two
 * neighbours that changed places, letter case aside.
 * Nothing is certain of short names, and among very many.
 */
export function findCertain(name: string, known: Iterable<string>): string | undefined {
  const candidates = new Set(known);
  if (name.length < SHORTEST_CERTAIN || name.length > LONGEST_COMPARED || candidates.size > MOST_COMPARED)
    return undefined;
  const near = [...candidates].filter(
    (candidate) =>
      Math.abs(candidate.length - name.length) <= 1 && editDistance(name.toLowerCase(), candidate.toLowerCase()) <= 1,
  );
  return near.length === 1 ? near[0] : undefined;
}

/** How many letters to add, leave out, replace or change places with their neighbours: the optimal string alignment distance. */
function editDistance(left: string, right: string): number {
  const rows = [Array.from({ length: right.length + 1 }, (_, index) => index)];
  for (let length = 1; length <= left.length; length += 1) rows.push(nextRow(left.slice(0, length), right, rows));
  return rows.at(-1)?.[right.length] ?? 0;
}

/** The distances of a text from every beginning of another; `rows` are those of its own beginnings. */
function nextRow(left: string, right: string, rows: readonly (readonly number[])[]): number[] {
  const [beforePrevious, previous] = [rows.at(-2), rows.at(-1) ?? []];
  const [beforeLast, last] = [left.at(-2), left.at(-1)];
  const row = [left.length];
  for (let column = 1; column <= right.length; column += 1) {
    const [before, letter] = [right[column - 2], right[column - 1]];
    const replaced = (previous[column - 1] ?? 0) + (last === letter ? 0 : 1);
    const swapped = last === before && beforeLast === letter ? beforePrevious?.[column - 2] : undefined;
    row.push(Math.min(replaced, (previous[column] ?? 0) + 1, (row[column - 1] ?? 0) + 1, (swapped ?? Infinity) + 1));
  }
  return row;
}
