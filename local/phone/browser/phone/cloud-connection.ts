/**
 * The phone's way to the embedded cloud: the cloud's own client behind the phone's simulated network.
 * A call fails at once where there is no network and in the middle when the network goes away; transfers take
 * the time that the simulated bandwidth gives them. Refuses to retry: that is the mini program's business.
 */
import { type CloudClient, createCloudClient } from '../../../cloud/cloud-client';
import { type PhoneState } from './phone-state';

/** The phone has no network, or lost it. */
export class NoNetwork extends Error {
  constructor() {
    super('network is not connected');
  }
}

export type Progress = (sent: number, total: number) => void;

/** Where the phone's server passes requests on to the cloud; the same origin, so no browser rule interferes. */
const PASSAGE = '/cloud';
/** How often a slow transfer reports, milliseconds. */
const REPORT_MS = 100;

export class CloudConnection {
  readonly client: CloudClient;

  /** @param cloudUrl the cloud's own address, as it stands in links; undefined when no cloud runs */
  constructor(
    private readonly state: PhoneState,
    private readonly cloudUrl: string | undefined,
  ) {
    this.client = createCloudClient({ url: PASSAGE, openid: state.identity });
  }

  /** A link of the cloud as an address that this document may read. Other addresses stay as they are. */
  address(link: string): string {
    const { cloudUrl } = this;
    return cloudUrl !== undefined && link.startsWith(cloudUrl) ? PASSAGE + link.slice(cloudUrl.length) : link;
  }

  /**
   * Runs a request on the phone's network.
   * @throws NoNetwork; the reason of `signal` when the caller gives up; what the request throws
   */
  async run<T>(request: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (!this.state.online) throw new NoNetwork();
    return this.interruptible(request(), signal);
  }

  /** Takes as long as the bytes need at the simulated bandwidth, and reports how far they are. */
  async transfer(bytes: number, report: Progress, signal?: AbortSignal): Promise<void> {
    const pace = async (): Promise<void> => {
      for (let sent = 0; sent < bytes;) {
        const { bandwidth } = this.state.settings;
        if (bandwidth === 0) return;
        report(sent, bytes);
        await new Promise((resolve) => window.setTimeout(resolve, REPORT_MS));
        signal?.throwIfAborted();
        sent += (bandwidth * REPORT_MS) / 1000;
      }
    };
    await this.run(pace, signal);
    report(bytes, bytes);
  }

  private async interruptible<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    let stopListening: () => void = () => undefined;
    const interrupted = new Promise<never>((_, reject) => {
      stopListening = this.state.onChange((now) => {
        if (now.network === 'none') reject(new NoNetwork());
      });
      signal?.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
    });
    try {
      return await Promise.race([work, interrupted]);
    } finally {
      stopListening();
      // Whoever lost the race may still fail; that is no news any more.
      work.catch(() => undefined);
      interrupted.catch(() => undefined);
    }
  }
}
