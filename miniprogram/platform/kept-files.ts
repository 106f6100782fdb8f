/**
 * Pictures that must outlive the mini program: WeChat deletes temporary files when it is closed, files in its user
 * folder stay until we remove them.
 */
import { promised } from './promised';

const folder = (): string => wx.env.USER_DATA_PATH;

/**
 * Copies a temporary file into the user folder.
 * @param name a file name without folders
 * @returns the kept file's path
 * @throws PlatformError storage-full, file-lost
 */
export async function keepFile(temporaryPath: string, name: string): Promise<string> {
  const path = `${folder()}/${name}`;
  await promised((done) => {
    wx.getFileSystemManager().copyFile({ srcPath: temporaryPath, destPath: path, ...done });
  }, 'file-lost');
  return path;
}

export async function removeKeptFile(path: string): Promise<void> {
  try {
    await promised((done) => {
      wx.getFileSystemManager().unlink({ filePath: path, ...done });
    });
  } catch {
    // Already gone, which is what was wanted.
  }
}

/** The paths of everything that lies in the user folder. */
export async function keptFiles(): Promise<string[]> {
  const { files } = await promised<{ files: string[] }>((done) => {
    wx.getFileSystemManager().readdir({ dirPath: folder(), ...done });
  });
  return files.map((name) => `${folder()}/${name}`);
}

export async function fileExists(path: string): Promise<boolean> {
  try {
    await promised((done) => {
      wx.getFileSystemManager().access({ path, ...done });
    });
    return true;
  } catch {
    return false;
  }
}
