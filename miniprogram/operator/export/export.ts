/** Makes packages slice by slice, and gives out their links. Leaving the page loses nothing. */
import { EXPORT_WORDS } from '../../copy/operator-export-words';
import { SPREADSHEET_LABELS } from '../../copy/spreadsheet-words';
import { Query, definePage } from '../../pages/define-page';
import { ask, say } from '../../platform/feedback';
import { bringIntoSight } from '../../platform/measure';
import { supportTelephone } from '../../services/overview-store';
import { newRequestKey } from '../../services/request-key';
import { ExportJob } from '../../shared/contract/exporter';
import { ExportId } from '../../shared/identity/ids';
import { batchIn, replaceWithStaff } from '../navigation';
import { copyText } from '../platform/clipboard';
import { exporterService, operatorService } from '../services/staff-services';
import { ExportState, exportRequest, isUnderway, toView } from './to-view';

type Changed = WechatMiniprogram.CustomEvent<{ value: string }>;
/** Fields of the form; a change makes the last check stale. */
type Field = 'photos' | 'stationId' | 'fileNameChoice' | 'ownFileName' | 'folderChoice' | 'ownFolder';

let open = false;

definePage({
  initial: (): ExportState => ({
    batchId: null,
    stations: [],
    photos: 'new',
    stationId: '',
    fileNameChoice: '{studentNumber}',
    ownFileName: '',
    folderChoice: '',
    ownFolder: '',
    check: null,
    jobs: null,
    files: null,
    busy: null,
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: EXPORT_WORDS,
  handlers: {
    onLoad(query: Query) {
      open = true;
      const batchId = batchIn(query);
      if (batchId === null) replaceWithStaff({ page: 'batches' });
      this.update({ batchId });
      return this.load();
    },
    onUnload() {
      open = false;
    },
    load(): Promise<void> {
      const { batchId } = this.state;
      return this.attempt(async () => {
        if (batchId === null) return;
        const [{ schoolCode }, { jobs }] = await Promise.all([
          operatorService.batch({ batchId }),
          exporterService.jobs({ batchId }),
        ]);
        const { stations } = await operatorService.stations({ schoolCode });
        this.update({ stations, jobs });
      });
    },
    onField({ currentTarget, detail }: Changed) {
      const field = currentTarget.dataset['field'] as Field;
      this.update({ [field]: detail.value, check: null });
    },
    async onCheck() {
      const request = exportRequest(this.state);
      if (request === null) return;
      this.update({ busy: 'check', check: null });
      await this.attempt(
        async () => {
          this.update({ check: await exporterService.check(request) });
          bringIntoSight('.found');
        },
        { busy: null },
      );
    },
    async onStart() {
      const request = exportRequest(this.state);
      if (request === null) return;
      await this.pack(() => exporterService.start(request, newRequestKey()));
    },
    async onProceed({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const exportId = currentTarget.dataset['id'] as ExportId;
      await this.pack(() => exporterService.job({ exportId }));
    },
    /** Slices until the package is finished or the page is left. */
    async pack(first: () => Promise<ExportJob>) {
      this.update({ busy: 'pack' });
      await this.attempt(
        async () => {
          let job = await first();
          this.showJob(job);
          while (isUnderway(job) && open) {
            job = await exporterService.proceed({ exportId: job.id });
            this.showJob(job);
          }
          this.update({ check: null });
        },
        { busy: null },
      );
    },
    showJob(job: ExportJob) {
      const others = (this.state.jobs ?? []).filter(({ id }) => id !== job.id);
      this.update({ jobs: [job, ...others] });
    },
    async onLinks({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const exportId = currentTarget.dataset['id'] as ExportId;
      await this.attempt(async () => {
        const { files } = await exporterService.links({ exportId });
        this.update({ files: { exportId, files } });
      });
    },
    onCopyLink({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const file = this.state.files?.files.find(({ fileName }) => fileName === currentTarget.dataset['name']);
      return this.attempt(async () => {
        if (file === undefined) return;
        await copyText(file.link.url);
        say(EXPORT_WORDS.copied);
      });
    },
    async onDelivered({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const exportId = currentTarget.dataset['id'] as ExportId;
      const {
        askDeliveredTitle: title,
        askDeliveredText: text,
        askDeliveredYes: yes,
        askDeliveredNo: no,
      } = EXPORT_WORDS;
      if (!(await ask({ title, text, yes, no }))) return;
      await this.attempt(async () => {
        this.showJob(await exporterService.markDelivered({ exportId }, newRequestKey()));
      });
    },
    async onSpreadsheet() {
      const { batchId } = this.state;
      if (batchId === null) return;
      this.update({ busy: 'spreadsheet' });
      await this.attempt(
        async () => {
          const { link } = await exporterService.spreadsheet({ batchId, labels: SPREADSHEET_LABELS });
          await copyText(link.url);
          say(EXPORT_WORDS.spreadsheetReady);
        },
        { busy: null },
      );
    },
  },
});
