import { Cancelled, PlatformError, errorOf } from '../../../miniprogram/platform/problem';
import { addressOf, submissionIn } from '../../../miniprogram/platform/navigation';
import { scanCode, toBase64, utf8 } from '../../../miniprogram/platform/scan-code';
import { installFakeWx, succeeding } from '../../support/fake-wx';
import { type SubmissionId } from '../../../miniprogram/shared/identity/ids';

describe('what WeChat’s fail results mean', () => {
  // Texts as WeChat's documentation and forum threads quote them.
  it.each([
    [{ errMsg: 'saveImageToPhotosAlbum:fail auth deny' }, 'album-refused'],
    [
      { errMsg: 'saveImageToPhotosAlbum:fail privacy permission is not authorized', errno: 104 },
      'privacy-refused',
    ],
    [{ errMsg: 'requirePrivacyAuthorize:fail', errno: 103 }, 'privacy-refused'],
    [
      {
        errMsg: 'setClipboardData:fail api scope is not declared in the privacy agreement',
        errno: 112,
      },
      'unexpected',
    ],
    [{ errMsg: 'operateCamera:fail auth deny' }, 'camera-refused'],
    [{ errMsg: 'request:fail timeout' }, 'timed-out'],
    [{ errMsg: 'uploadFile:fail net::ERR_INTERNET_DISCONNECTED' }, 'offline'],
    [{ errMsg: 'cloud.callFunction:fail Error: errCode: -1 | errMsg: network request error' }, 'offline'],
    [{ errMsg: 'copyFile:fail the maximum size of the file storage limit is exceeded' }, 'storage-full'],
    [{ errMsg: 'copyFile:fail no such file or directory "wxfile://tmp_1.jpg"' }, 'file-lost'],
    [{ errMsg: 'cloud.callFunction:fail -504003 Invoking task timed out after 20 seconds' }, 'timed-out'],
    [
      { errMsg: 'cloud.callFunction:fail Error: errCode: -501000 | errMsg: function not exist' },
      'server-trouble',
    ],
    [{ errMsg: 'cloud.callFunction:fail Error: errCode: -504002 functions execute fail' }, 'server-trouble'],
    // What the cloud does not find is not the phone's file.
    [
      { errMsg: 'cloud.callFunction:fail Error: errCode: -501000 | errMsg: Environment not found' },
      'server-trouble',
    ],
    [
      {
        errMsg: 'cloud.uploadFile:fail Error: errCode: -403003 | errMsg: storage request fail, 404 Not Found',
      },
      'server-trouble',
    ],
    [
      {
        errMsg: 'cloud.callFunction:fail Error: errCode: -404012 | errMsg: polling exceed max timeout retry',
      },
      'timed-out',
    ],
    [{ errMsg: 'uploadFile:fail 404 not found' }, 'offline'],
    [
      { errMsg: 'cloud.uploadFile:fail Error: errCode: -404011 | errMsg: network is not connected' },
      'offline',
    ],
    [{ errMsg: 'uploadFile:fail createUploadTask:fail file not found' }, 'file-lost'],
    // Phones that lose the network say "abort"; so does an upload that the system cut off.
    [
      {
        errMsg:
          'cloud.callFunction:fail request:fail errcode:-103 cronet_error_code:-103 error_msg:net::ERR_CONNECTION_ABORTED',
      },
      'offline',
    ],
    [{ errMsg: 'downloadFile:fail Software caused connection abort' }, 'offline'],
    [{ errMsg: 'uploadFile:fail abort' }, 'offline'],
    [{ errMsg: 'request:fail Canceled' }, 'offline'],
    [{ errMsg: 'downloadFile:fail url not in domain list' }, 'unexpected'],
    [{ errMsg: 'something nobody has seen' }, 'unexpected'],
    [undefined, 'unexpected'],
  ])('%j → %s', (result, problem) => {
    const error = errorOf(result);
    expect(error).toBeInstanceOf(PlatformError);
    expect((error as PlatformError).problem).toBe(problem);
  });

  it('a camera that is not found is no lost file', () => {
    const error = errorOf({ errMsg: 'operateCamera:fail camera not found' }, 'camera-unavailable');
    expect(error).toMatchObject({ problem: 'camera-unavailable' });
  });

  it.each([
    'scanCode:fail cancel',
    'chooseMedia:fail cancel',
    'chooseMedia:fail:cancel',
    'chooseMessageFile:fail user cancelled',
    'saveImageToPhotosAlbum:fail user cancel',
  ])('%s is no problem', (errMsg) => {
    expect(errorOf({ errMsg })).toBeInstanceOf(Cancelled);
  });
});

describe('addresses of pages', () => {
  it('carry the submission and give it back', () => {
    const submissionId = 'a b/ü' as SubmissionId;
    const address = addressOf({ page: 'guide', submissionId });
    expect(address).toBe('/pages/guide/guide?submission=a%20b%2F%C3%BC');
    expect(submissionIn({ submission: address.split('submission=')[1] })).toBe(submissionId);
    expect(submissionIn({})).toBeNull();
  });
});

describe('a scanned code', () => {
  const scanned = async (answer: object) => {
    const phone = installFakeWx({ scanCode: succeeding(answer) });
    const payload = Buffer.from(await scanCode(), 'base64');
    phone.remove();
    return payload;
  };

  it('is taken from its text where that is plain: phones differ in what they call raw bytes', async () => {
    expect((await scanned({ result: 'AB12', rawData: 'bm90IHRoaXM=' })).toString()).toBe('AB12');
  });

  it.each([
    ['采集码', Buffer.from([0xb2, 0xc9]).toString('base64')],
    ['\u0000\u00ff', Buffer.from([0, 255]).toString('base64')],
    ['', Buffer.from([1, 2]).toString('base64')],
  ])('is taken from its bytes where the text %j may have lost some', async (result, rawData) => {
    expect((await scanned({ result, rawData })).toString('base64')).toBe(rawData);
  });

  it('is taken from its text where an older WeChat gives no bytes', async () => {
    expect((await scanned({ result: '采集码' })).toString()).toBe('采集码');
  });
});

describe('text as bytes', () => {
  it.each(['', 'a', 'ab', 'abc', '采集码', '%41 100%', '𠮷😀'])('%s', (text) => {
    expect(toBase64(utf8(text))).toBe(Buffer.from(text, 'utf8').toString('base64'));
  });
});
