import { Cancelled, PlatformError, errorOf } from '../../../miniprogram/platform/problem';
import { addressOf, submissionIn } from '../../../miniprogram/platform/navigation';
import { toBase64, utf8 } from '../../../miniprogram/platform/scan-code';
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
    [{ errMsg: 'operateCamera:fail auth deny' }, 'camera-refused'],
    [{ errMsg: 'request:fail timeout' }, 'timed-out'],
    [{ errMsg: 'uploadFile:fail net::ERR_INTERNET_DISCONNECTED' }, 'offline'],
    [{ errMsg: 'cloud.callFunction:fail Error: errCode: -1 | errMsg: network request error' }, 'offline'],
    [{ errMsg: 'copyFile:fail the maximum size of the file storage limit is exceeded' }, 'storage-full'],
    [{ errMsg: 'copyFile:fail no such file or directory "wxfile://tmp_1.jpg"' }, 'file-lost'],
    [{ errMsg: 'something nobody has seen' }, 'unexpected'],
    [undefined, 'unexpected'],
  ])('%j → %s', (result, problem) => {
    const error = errorOf(result);
    expect(error).toBeInstanceOf(PlatformError);
    expect((error as PlatformError).problem).toBe(problem);
  });

  it.each(['scanCode:fail cancel', 'chooseMedia:fail cancel', 'uploadFile:fail abort'])(
    '%s is no problem',
    (errMsg) => {
      expect(errorOf({ errMsg })).toBeInstanceOf(Cancelled);
    },
  );
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

describe('text as bytes', () => {
  it.each(['', 'a', 'ab', 'abc', '采集码', '%41 100%', '𠮷😀'])('%s', (text) => {
    expect(toBase64(utf8(text))).toBe(Buffer.from(text, 'utf8').toString('base64'));
  });
});
