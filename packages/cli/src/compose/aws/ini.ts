/** Sections of an INI file, as the AWS command line writes them: names to values. Later sections of a name add to it. */
export type IniSections = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Reads `[section]` lines and `name = value` lines. Comments begin a line with `#` or `;`; indented lines are passed over. */
export function parseIni(text: string): IniSections {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  for (const line of text.split(/\r?\n/)) {
    const heading = /^\s*\[([^\]]*)\]/.exec(line)?.[1]?.trim().replaceAll(/\s+/g, ' ');
    if (heading !== undefined) {
      section = sections.get(heading) ?? new Map();
      sections.set(heading, section);
      continue;
    }
    const at = line.indexOf('=');
    if (/^[#;\s]/.test(line) || at < 1) continue;
    section?.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
  }
  return sections;
}
