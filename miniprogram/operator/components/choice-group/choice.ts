/** One of several ways. */
export interface Choice {
  readonly id: string;
  readonly text: string;
  readonly remark?: string;
}
