import { LeaseLost, type Lease } from '../store/leases.js';

interface Flight {
  readonly lost: AbortController;
  readonly ended: Promise<void>;
}

/** The work that a worker has under way, each under its lease. */
export class InFlight {
  readonly #flights = new Map<Lease, Flight>();

  get size(): number {
    return this.#flights.size;
  }

  get leases(): Lease[] {
    return [...this.#flights.keys()];
  }

  /** @param work must not fail; its signal aborts with LeaseLost once the lease is lost */
  begin(lease: Lease, work: (lost: AbortSignal) => Promise<void>): void {
    const lost = new AbortController();
    const ended = work(lost.signal).finally(() => this.#flights.delete(lease));
    this.#flights.set(lease, { lost, ended });
  }

  /** Ends what goes on under a lease that is lost. */
  lose(lease: Lease): void {
    this.#flights.get(lease)?.lost.abort(new LeaseLost(lease));
  }

  /** Resolves once some work has ended; never where none is under way. */
  next(): Promise<void> {
    return Promise.race([...this.#flights.values()].map(({ ended }) => ended));
  }

  async settled(): Promise<void> {
    await Promise.all([...this.#flights.values()].map(({ ended }) => ended));
  }
}
