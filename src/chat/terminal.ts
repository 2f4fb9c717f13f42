/** Where a person reads and types. */
export interface Terminal {
  print(lines: readonly string[]): void;
  /** The next line that the person types; undefined once there are no more. */
  ask(prompt: string): Promise<string | undefined>;
}
