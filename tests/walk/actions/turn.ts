/** Somebody's turn: what an action is told, and how it chooses. */
import { type Going, STUDENTS, type World } from '../world';

export interface Turn {
  /** Whose photo it is about, by place in STUDENTS. */
  readonly student: number;
  /** From 0 to 99: decides whatever the action leaves open. */
  readonly choice: number;
  /** Of the action's last call, the one that it is about. */
  readonly going: Going;
}

export interface Action {
  /** How often it comes, beside the others. */
  readonly weight: number;
  run(world: World, turn: Turn): Promise<unknown>;
}
export type Actions = Readonly<Record<string, Action>>;

/** One of them, by the turn's choice; what stands there several times is chosen as often. */
export function chosen<Thing>({ choice }: Pick<Turn, 'choice'>, things: readonly Thing[]): Thing {
  return things[choice % things.length]!;
}

/** The student's own phone; once in a while that of another student. */
export function phoneOf(world: World, { student, choice }: Turn): string {
  return world.accounts[choice < 94 ? student : (student + choice) % STUDENTS.length]!;
}
