/** Events that wait to be told, each with its number. There is a bound: what comes when it is full is lost, and its number shows that. */
import type { AuditEvent } from "../audit-event.ts";

export interface NumberedEvent {
  readonly sequence: number;
  readonly event: AuditEvent;
}

export interface Batch {
  readonly events: readonly NumberedEvent[];
  /** The number with which the batch after it begins. */
  readonly next: number;
}

export class WaitingEvents {
  readonly #room: number;
  #events: NumberedEvent[] = [];
  #numbered = 0;
  /** All below was told, or is known to be lost. */
  #told = 1;
  dropped = 0;

  constructor(room: number) {
    this.#room = room;
  }

  get length(): number {
    return this.#events.length;
  }

  /** True when there is something that the other side does not know, be it that an event was lost. */
  get isDue(): boolean {
    return this.#told <= this.#numbered;
  }

  /** False: there was no room for it. */
  add(event: AuditEvent): boolean {
    this.#numbered++;
    if (this.#events.length >= this.#room) {
      this.dropped++;
      return false;
    }
    this.#events.push({ sequence: this.#numbered, event });
    return true;
  }

  /** The oldest, at most so many. They stay until they were told. */
  oldest(most: number): Batch {
    return {
      events: this.#events.slice(0, most),
      next: this.#events[most]?.sequence ?? this.#numbered + 1,
    };
  }

  /** All below the number was told. */
  toldBelow(next: number): void {
    this.#told = Math.max(this.#told, Math.min(next, this.#numbered + 1));
    this.#events = this.#events.filter(({ sequence }) => sequence >= next);
  }

  /** The oldest cannot be told: it is lost, and so is its number. */
  dropOldest(): void {
    if (this.#events.shift()) this.dropped++;
  }
}
