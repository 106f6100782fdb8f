/** Makes packages slice by slice, and gives out their links. Leaving the page loses nothing. */
import { EXPORT_WORDS } from '../../copy/operator-export-words';
import { Query, definePage } from '../../pages/define-page';
import { say } from '../../platform/feedback';
import { bringIntoSight } from '../../platform/measure';
import { answerIfAsked } from '../../services/answer-if-asked';
import { supportTelephone } from '../../services/overview-store';
import { Send } from '../../services/step-requests';
import { ExportJob } from '../../shared/contract/exporter';
import { ExportId } from '../../shared/identity/ids';
import { batchToWorkOn } from '../navigation';
import { copyText } from '../platform/clipboard';
import { exporterService } from '../services/staff-services';
import {
  askCancel,
  askDelivered,
  copySpreadsheetLink,
  markSlices,
  packSlices,
  readPackages,
  startPackage,
} from './packing';
import {
  ExportState,
  FIRST_CHOICES,
  NOTHING_FOUND,
  exportRequest,
  isUnderway,
  toView,
  withJob,
  withOlder,
} from './to-view';

type Changed = WechatMiniprogram.CustomEvent<{ value: string }>;
/** Fields of the form; a change makes the last check stale. */
type Field = 'photos' | 'stationId' | 'fileNameChoice' | 'ownFileName' | 'folderChoice' | 'ownFolder';

definePage({
  initial: (): ExportState => ({
    batchId: null,
    stations: [],
    ...FIRST_CHOICES,
    ...NOTHING_FOUND,
    jobs: null,
    nextJobs: null,
    readingOlder: false,
    files: null,
    busy: null,
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: EXPORT_WORDS,
  handlers: {
    onLoad(query: Query) {
      const batchId = batchToWorkOn(query);
      this.update({ batchId });
      return this.load();
    },
    load(): Promise<void> {
      const { batchId } = this.state;
      return this.attemptToRead(async () => {
        if (batchId !== null) this.update(await readPackages(batchId));
      });
    },
    async onOlder() {
      const { batchId, nextJobs: cursor } = this.state;
      if (batchId === null || cursor === null) return;
      this.update({ readingOlder: true });
      await this.attemptToRead(
        async () => {
          const isAsked = () => this.state.nextJobs === cursor;
          const answer = await answerIfAsked(exporterService.jobs({ batchId, cursor }), isAsked);
          if (answer !== null) this.update(withOlder(this.state, answer));
        },
        { readingOlder: false },
      );
    },
    onField({ currentTarget, detail }: Changed) {
      const field = currentTarget.dataset['field'] as Field;
      this.edit({ [field]: detail.value, ...NOTHING_FOUND });
    },
    async onCheck() {
      const request = exportRequest(this.state);
      if (request === null || !this.edit({ busy: 'check', ...NOTHING_FOUND })) return;
      await this.attemptToAsk(
        async () => ({ check: await exporterService.check(request) }),
        { busy: null },
        () => {
          if (this.state.check !== null) bringIntoSight('.found');
        },
      );
    },
    async onStart() {
      const request = exportRequest(this.state);
      if (request === null) return;
      await this.pack(async (send) => {
        const job = await startPackage(request, this.update.bind(this), send);
        this.update({ startedBefore: !isUnderway(job) });
        return job;
      });
    },
    async onProceed({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const exportId = currentTarget.dataset['id'] as ExportId;
      // Sent as a start is: whoever goes on with a package knows how its start ended, and the next one is another wish.
      await this.pack((send) => send(exporterService.job, { exportId }));
    },
    async pack(first: (send: Send) => Promise<ExportJob>) {
      this.update({ busy: 'pack', startedBefore: false });
      const show = this.showJob.bind(this);
      const step = async (send: Send) => packSlices(await first(send), show, () => !this.closed);
      await this.attempt(step, { busy: null, check: null });
    },
    showJob(job: ExportJob) {
      this.update(withJob(this.state, job));
    },
    async onLinks({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const exportId = currentTarget.dataset['id'] as ExportId;
      await this.attemptToRead(async () => {
        const { files } = await exporterService.links({ exportId });
        this.update({ files: { exportId, files } });
      });
    },
    onCopyLink({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const file = this.state.files?.files.find(({ fileName }) => fileName === currentTarget.dataset['name']);
      return this.attemptToRead(async () => {
        if (file === undefined) return;
        await copyText(file.link.url);
        say(EXPORT_WORDS.copied);
      });
    },
    async onDelivered({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const exportId = currentTarget.dataset['id'] as ExportId;
      const show = this.showJob.bind(this);
      const step = (send: Send) => {
        const mark = () => send(exporterService.markDelivered, { exportId });
        return markSlices(mark, show, () => !this.closed);
      };
      if (await askDelivered()) await this.change(step);
    },
    async onCancel({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const exportId = currentTarget.dataset['id'] as ExportId;
      const job = this.state.jobs?.find(({ id }) => id === exportId);
      const step = async (send: Send) => {
        this.showJob(await send(exporterService.cancel, { exportId }));
      };
      if (job !== undefined && (await askCancel(job))) await this.change(step);
    },
    change(step: (send: Send) => Promise<void>): Promise<void> {
      // Which photos are new may have changed.
      return this.attempt(step, { check: null });
    },
    async onSpreadsheet() {
      const { batchId } = this.state;
      if (batchId === null) return;
      this.update({ busy: 'spreadsheet' });
      await this.attemptToRead(() => copySpreadsheetLink(batchId), { busy: null });
    },
  },
});
