/**
 * Versions of what the jurors do with the same prompt, phrases and transcript; part of a judge's
 * fingerprint. A test holds the sources that each stands for: who changes them so that a verdict can
 * come out differently raises the version.
 */
export const ENGINES = { deterministic: '10', model: '4', guard: '1', policy: '2' } as const;
