/**
 * The members that have a value. An empty string stands for none: in an update it clears a member, as was observed for
 * `credentialsArn` and is assumed for all optional strings, and in a create it is as good as absent.
 */
export function withValues<Members extends object>(members: Members): Members {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== ''),
  ) as Members;
}

/** What a map becomes by an update that merges: keys are added or replaced, and a key with an empty value is removed. */
export function mergeMap<Value>(
  current: Readonly<Record<string, Value>> | undefined,
  update: Readonly<Record<string, Value>> | undefined,
): Readonly<Record<string, Value>> | undefined {
  return update ? withValues({ ...current, ...update }) : current;
}

/** Everything but one key. */
export function without<Value>(records: Readonly<Record<string, Value>>, key: string): Readonly<Record<string, Value>> {
  const { [key]: _removed, ...others } = records;
  return others;
}

/** The value under a key that comes from outside: what every object inherits is not found. */
export function lookUp<Value>(records: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(records, key) ? records[key] : undefined;
}
