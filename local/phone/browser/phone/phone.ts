/** The parts of the simulated phone that `wx` functions and built-in components work with. */
import { type BuiltProject } from '../../built-project';
import { type AppLifeCycle } from '../framework/app-life-cycle';
import { type PageStack } from '../framework/page-stack';
import { type PullDownRefresh } from '../framework/pull-down-refresh';
import { type Dialogs } from '../screen/dialogs';
import { type Screen } from '../screen/screen';
import { type Album } from './album';
import { type Authorization } from './authorization';
import { type CameraSource } from './camera-source';
import { type CallLog } from './call-log';
import { type CloudConnection } from './cloud-connection';
import { type FileStore } from './file-store';
import { type PhoneState } from './phone-state';
import { type PictureSources } from './picture-sources';

export interface Phone {
  readonly project: BuiltProject;
  readonly state: PhoneState;
  readonly files: FileStore;
  readonly album: Album;
  readonly authorization: Authorization;
  readonly pictures: PictureSources;
  readonly screen: Screen;
  readonly dialogs: Dialogs;
  readonly pages: PageStack;
  readonly refresh: PullDownRefresh;
  readonly app: AppLifeCycle;
  readonly log: CallLog;
  /** Cameras that are running; WeChat allows one per page. */
  readonly cameras: Set<CameraSource>;
  readonly cloud: CloudConnection;

  /** Address of a path inside the mini program (`/images/a.png`, relative to the page), file or cloud id. */
  addressOf(source: string): Promise<string>;
  /** Opens WeChat's sharing with what `onShareAppMessage` says. @param target data of the pressed button */
  share(target?: { readonly id: string; readonly dataset: Readonly<Record<string, unknown>> }): void;
  /** Leaves the mini program: home button, capsule. */
  leave(): void;
}
