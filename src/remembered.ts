/**
 * A function of a text that is worked out once for each: the same texts come back turn after turn and
 * from agent to agent. Beyond `most` texts it begins anew, so that a long run does not grow. Whoever
 * gets a value shares it, and must not change it.
 */
export function remembered<T>(most: number, make: (text: string) => T): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (kept.size >= most) kept.clear();
    kept.set(text, made);
    return made;
  };
}
