/**
 * The frame of a staff page about one batch: the batch of the address stands in the state, and one `read` says what the
 * page shows of it, the newest reading alone. An address without a batch gives way to the list of batches. Refuses to know what is read.
 */
import { PageDefinition, PageFrame, PageState, Query, definePage } from '../pages/define-page';
import { answerIfAsked } from '../services/answer-if-asked';
import { BatchId } from '../shared/identity/ids';
import { batchToWorkOn } from './navigation';

export interface BatchPageState extends PageState {
  /** Null where the address names none: the page gives way. */
  readonly batchId: BatchId | null;
}

/** What handlers find in `this` besides the page's own frame. */
interface BatchPageFrame {
  /** Reads what the page shows of its batch, and shows it. */
  load(): Promise<void>;
}

interface BatchPageDefinition<
  State extends BatchPageState,
  View extends object,
  Own extends object,
> extends Omit<PageDefinition<State, View, Own>, 'handlers'> {
  /** Once, or every time that the page comes back from another one that may have changed something. */
  readonly readAt: 'onLoad' | 'onShow';
  /** What the address says beside the batch. */
  readonly fromAddress?: (query: Query) => Partial<State>;
  readonly read: (batchId: BatchId, state: State) => Promise<Partial<State>>;
  /** Opening and reading are the frame's. */
  readonly handlers: Own &
    Readonly<Partial<Record<'onLoad' | 'onShow' | 'load' | 'onRetry', never>>> &
    ThisType<PageFrame<State> & BatchPageFrame & Own>;
}

interface Instance<State extends BatchPageState> extends PageFrame<State>, BatchPageFrame {
  /** How often the page has been read; a new reading may be about something else, e.g. another station. */
  readings: number;
}

/** Registers a page of one batch with WeChat. */
export function defineBatchPage<State extends BatchPageState, View extends object, Own extends object>(
  definition: BatchPageDefinition<State, View, Own>,
): void {
  type This = Instance<State>;
  const { readAt, fromAddress, read, handlers, ...page } = definition;
  definePage({
    ...page,
    handlers: {
      ...handlers,
      onLoad(this: This, query: Query): Promise<void> | undefined {
        this.readings = 0;
        this.update({ batchId: batchToWorkOn(query), ...fromAddress?.(query) } as Partial<State>);
        return readAt === 'onLoad' ? this.load() : undefined;
      },
      onShow(this: This): Promise<void> | undefined {
        return readAt === 'onShow' ? this.load() : undefined;
      },
      async load(this: This): Promise<void> {
        const { state } = this;
        const { batchId } = state;
        if (batchId === null) return;
        const reading = (this.readings += 1);
        await this.attemptToRead(async () => {
          const answer = await answerIfAsked(read(batchId, state), () => reading === this.readings);
          if (answer !== null) this.update(answer);
        });
      },
    },
  });
}
