/** DCB0129 v4.2 likelihood classes, least likely first. */
export const LIKELIHOODS = ['Very low', 'Low', 'Medium', 'High', 'Very high'] as const;
export type Likelihood = (typeof LIKELIHOODS)[number];
