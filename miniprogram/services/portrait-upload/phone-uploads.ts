/** The uploads of this phone: `createPortraitUploads` with the real cloud, files and network. */
import { uploadToCloud } from '../../platform/cloud';
import { fileExists, removeKeptFile } from '../../platform/kept-files';
import { onOnline } from '../../platform/network';
import { photoService } from '../photo-service';
import { newRequestKey } from '../request-key';
import { serverNow } from '../server-clock';
import { studentService } from '../student-service';
import { wait } from '../wait';
import { createPortraitUploads } from './portrait-uploads';
import { uploadShelf } from './upload-shelf';

export const portraitUploads = createPortraitUploads({
  shelf: uploadShelf,
  prepareUpload: studentService.prepareUpload,
  submit: photoService.submit,
  upload: uploadToCloud,
  fileExists,
  removeFile: removeKeptFile,
  onOnline,
  newKey: newRequestKey,
  now: serverNow,
  wait,
});
