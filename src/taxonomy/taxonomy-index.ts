import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { parseYaml, readText, readYaml, validate } from '../read-file.js';
import { ACTS } from './act.js';
import { DEFAULT_TAXONOMY } from './taxonomy-folder.js';

const domainId = z.string().regex(/^D\d\d$/);

const indexSchema = z.strictObject({
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'a version reads 1.0.0'),
  status: z.string().min(1),
  source: z.string().min(1),
  domains: z.record(domainId, z.string(), 'a domain reads D11: its name'),
  acts: z.record(z.enum(ACTS), z.string()),
  conditions: z.record(z.string(), z.string()),
  /** Conditions that the case file alone decides, whatever a reader of the turns may think. */
  decidedByCase: z.array(z.string()).default([]),
  precedence: z.array(z.strictObject({ order: z.array(z.string()).min(2) })),
  /** Cross-cutting modes that are secondary to a hazard's own mode on one event. */
  yieldToOwn: z.array(z.string()),
});

/** What holds for all of a taxonomy. */
export type TaxonomyIndex = z.infer<typeof indexSchema>;

/** What a folder adds to the package's index; acts are what agents can do, and no folder's to add. */
const additionSchema = indexSchema
  .omit({ acts: true })
  .partial()
  .extend({
    extends: z.literal('matrix-sim'),
  });

/**
 * The index of a taxonomy folder. A folder without `taxonomy.yaml`, or with one that says
 * `extends: matrix-sim`, adds to the package's.
 * @throws MatrixError naming the place in the file that is wrong
 */
export function readIndex(folder: string): { index: TaxonomyIndex; isExtension: boolean } {
  const file = path.join(folder, 'taxonomy.yaml');
  if (!existsSync(file)) return { index: packageIndex(), isExtension: true };
  const data = parseYaml(readText(file), file);
  if (typeof data !== 'object' || data === null || !('extends' in data)) {
    return { index: validate(data, file, indexSchema), isExtension: false };
  }
  const addition = validate(data, file, additionSchema);
  return { index: addTo(packageIndex(), addition), isExtension: true };
}

function packageIndex(): TaxonomyIndex {
  return readYaml(path.join(DEFAULT_TAXONOMY, 'taxonomy.yaml'), indexSchema);
}

function addTo(base: TaxonomyIndex, own: z.infer<typeof additionSchema>): TaxonomyIndex {
  return {
    version: own.version ?? base.version,
    status: own.status ?? base.status,
    source: own.source ?? base.source,
    acts: base.acts,
    domains: { ...base.domains, ...own.domains },
    conditions: { ...base.conditions, ...own.conditions },
    decidedByCase: [...base.decidedByCase, ...(own.decidedByCase ?? [])],
    precedence: [...base.precedence, ...(own.precedence ?? [])],
    yieldToOwn: [...base.yieldToOwn, ...(own.yieldToOwn ?? [])],
  };
}
