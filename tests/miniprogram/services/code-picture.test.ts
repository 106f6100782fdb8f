import { uploadCodePicture } from '../../../miniprogram/services/code-picture';
import { failing, succeeding } from '../../support/fake-wx';
import { WRITTEN, dataUrlOf, phoneWith } from '../../support/picture-phone';

const HUGE = { width: 6000, height: 4500, type: 'png' };
const SMALL = { width: 4000, height: 3000, type: 'jpeg' };
const TICKET = { uploadId: 'upload-1', cloudPath: 'code-pictures/x.jpg' };

/** An iPhone with a picture of a code that is too large, whose upload ends like this. */
function anIPhone(upload: (options: object) => unknown) {
  const sent: string[] = [];
  const { phone, removed } = phoneWith(
    { tmp: HUGE },
    { compress: () => undefined, dataUrl: dataUrlOf(SMALL) },
  );
  phone.add({
    cloud: {
      callFunction: succeeding({ result: { ok: true, data: TICKET, requestId: 'r1' } }),
      uploadFile: (options: { filePath: string }) => {
        sent.push(options.filePath);
        upload(options);
        return { onProgressUpdate: () => undefined, abort: () => undefined };
      },
    },
  });
  return { phone, removed, sent };
}

describe('a picture of a code that the phone had to draw smaller', () => {
  it('is sent, and no copy of it stays on the phone', async () => {
    const { phone, removed, sent } = anIPhone(succeeding({ fileID: 'cloud://e.b/code-pictures/x.jpg' }));
    const source = await uploadCodePicture('tmp');
    phone.remove();
    expect(source).toEqual({
      kind: 'picture',
      uploadId: 'upload-1',
      fileId: 'cloud://e.b/code-pictures/x.jpg',
    });
    expect(sent).toEqual([expect.stringMatching(WRITTEN)]);
    expect(removed).toEqual(sent);
  });

  it('leaves no copy on the phone when the network breaks off either', async () => {
    const { phone, removed, sent } = anIPhone(failing('uploadFile:fail socket hang up'));
    await expect(uploadCodePicture('tmp')).rejects.toMatchObject({ problem: 'offline' });
    phone.remove();
    expect(removed).toEqual(sent);
  });
});
