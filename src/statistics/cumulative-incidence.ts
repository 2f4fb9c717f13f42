/** How the time of one subject ended: by the event, by one that forecloses it, or unseen. */
export interface CompetingTime {
  /** 0 or later, in whole units. */
  readonly time: number;
  readonly end: 'event' | 'competing' | 'censored';
}

/** State at one time; shares are 0 to 1 and, with those still without an event, come to 1. */
export interface IncidencePoint {
  readonly time: number;
  /** Subjects that had come so far without an event, and were still seen. */
  readonly atRisk: number;
  readonly events: number;
  readonly competing: number;
  readonly censored: number;
  /** Cumulative incidence of the event, and of what competes with it. */
  readonly incidence: number;
  readonly foreclosed: number;
}

/**
 * Cumulative incidence of an event with which another competes, by each time at which something
 * happens. One minus Kaplan–Meier would count the foreclosed as if they could still come to the event.
 * A subject that is censored at a time counts as at risk at it.
 * Source: Aalen and Johansen 1978, Scandinavian Journal of Statistics 5:141–150.
 */
export function cumulativeIncidence(subjects: readonly CompetingTime[]): IncidencePoint[] {
  const times = [...new Set(subjects.map(({ time }) => time))].sort((a, b) => a - b);
  let without = 1;
  let [incidence, foreclosed] = [0, 0];
  return times.map((time) => {
    const atRisk = subjects.filter((subject) => subject.time >= time).length;
    const now = (end: CompetingTime['end']) =>
      subjects.filter((subject) => subject.time === time && subject.end === end).length;
    const [events, competing, censored] = [now('event'), now('competing'), now('censored')];
    incidence += without * (events / atRisk);
    foreclosed += without * (competing / atRisk);
    without *= 1 - (events + competing) / atRisk;
    return { time, atRisk, events, competing, censored, incidence, foreclosed };
  });
}
