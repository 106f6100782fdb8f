/** `wx.cloud.uploadFile` on a network that swallows everything: nothing is answered, nor an abort, until a test says so. */

interface Upload {
  readonly success: (result: { readonly fileID: string }) => void;
}

type Listener = (progress: { readonly progress: number }) => void;

export function aStallingUpload() {
  const uploads: { readonly arrives: (fileID: string) => void; listener: Listener }[] = [];
  let aborted = 0;
  const newest = () => uploads.at(-1)!;
  return {
    uploadFile: ({ success }: Upload) => {
      const upload: (typeof uploads)[number] = {
        arrives: (fileID) => {
          success({ fileID });
        },
        listener: () => undefined,
      };
      uploads.push(upload);
      return {
        onProgressUpdate: (listener: Listener) => (upload.listener = listener),
        abort: () => (aborted += 1),
      };
    },
    begun: () => uploads.length,
    aborted: () => aborted,
    /** Of the newest upload. */
    moves: (percent: number) => {
      newest().listener({ progress: percent });
    },
    arrives: (fileID: string, which = uploads.length - 1) => {
      uploads[which]!.arrives(fileID);
    },
  };
}
