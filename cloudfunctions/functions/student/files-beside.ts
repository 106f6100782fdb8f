/** The binaries that lie beside the bundle of `student`: the readers of code pictures. Read by the build. */
import { CODE_READER_FILES } from '../../capture-code/decoder-binaries';
import { WECHAT_ENGINE_FILES } from '../../capture-code/wechat-engine';

/** WeChat's engine is loaded only where CAPTURE_CODE_LAST_STAGE is on; it lies there so that a setting is enough. */
export const FILES_BESIDE: Readonly<Record<string, string>> = {
  ...CODE_READER_FILES,
  ...WECHAT_ENGINE_FILES,
};
