/**
 * The most memory that this process has had in use. On Linux by VmHWM, the high-water mark of this program alone:
 * getrusage's maxRSS begins with that of whoever started the process (exec keeps it: fs/exec.c, setmax_mm_hiwater_rss),
 * so that a small function started by a large program looked large.
 */
import { readFileSync } from 'node:fs';

/** Megabytes (10^6 bytes), rounded. */
export function peakMemoryMegabytes(): number {
  return Math.round((peakKibibytes() * 1024) / 1e6);
}

function peakKibibytes(): number {
  try {
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kibibytes !== undefined) return Number(kibibytes);
  } catch {
    // No /proc: not Linux.
  }
  return process.resourceUsage().maxRSS;
}
