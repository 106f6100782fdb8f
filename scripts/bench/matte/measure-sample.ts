/** One photo, cut out in every way, against the truth. */
import { composeOver } from '../../../cloudfunctions/photo-engine/matte/compose';
import { judgeMeasurement } from '../../../miniprogram/shared/verdict/judge-measure';
import { CHECK_RULES } from '../../../miniprogram/shared/verdict/check-rules';
import { checkWall } from '../../../cloudfunctions/photo-engine/checks/wall';
import { type ModelRuntime } from '../../../cloudfunctions/photo-engine/inference/model-runtime';
import { type WallMeasures } from '../../../cloudfunctions/photo-engine/matte/wall';
import { type AlphaErrors, alphaErrors, edgeColourError } from './errors';
import { METHODS, type MethodResult } from './methods';
import { type Peer, type PeerName } from './peers';
import { type Sample } from './sample';
import { type FramedSitter, STANDARD } from './sitters';
import { type Wall, type WallKind } from './walls';

export type MethodName = keyof typeof METHODS | PeerName;

export interface CutErrors extends AlphaErrors {
  /** ΔE (CIE76) in the edge band over the standard's blue. */
  readonly edgeColour: number;
  /** CPU of the whole method, milliseconds. */
  readonly cpu: number;
}

export interface MeasuredCut {
  readonly person: string;
  readonly wall: string;
  readonly kind: WallKind;
  readonly half: 'tuning' | 'proof';
  readonly errors: Readonly<Partial<Record<MethodName, CutErrors>>>;
  /** Of our cut-out. */
  readonly measures: WallMeasures;
  /** The check `wall` warned or worse. */
  readonly flagged: boolean;
}

export async function measureSample({
  sitter,
  wall,
  sample: { picture, mask },
  half,
  peers,
  runtime,
}: {
  readonly sitter: FramedSitter;
  readonly wall: Wall;
  readonly sample: Sample;
  readonly half: 'tuning' | 'proof';
  readonly peers: Readonly<Partial<Record<PeerName, Peer>>>;
  readonly runtime: ModelRuntime;
}): Promise<MeasuredCut> {
  const errors: Partial<Record<MethodName, CutErrors>> = {};
  const measure = async (name: MethodName, method: () => MethodResult | Promise<MethodResult>) => {
    const before = process.cpuUsage();
    const result = await method();
    const { user, system } = process.cpuUsage(before);
    const onBlue = composeOver(result.foreground, result.alpha, STANDARD.background);
    errors[name] = {
      ...alphaErrors(result.alpha, sitter.truth),
      edgeColour: edgeColourError(onBlue, sitter.wanted, sitter.truth),
      cpu: (user + system) / 1000,
    };
    return result;
  };

  let measures: WallMeasures | undefined;
  for (const name of Object.keys(METHODS) as (keyof typeof METHODS)[]) {
    const result = await measure(name, () => METHODS[name](picture, mask, runtime));
    measures ??= result.wall;
  }
  for (const [name, peer] of Object.entries(peers)) await measure(name as PeerName, () => peer(picture));
  const judged = judgeMeasurement('wall', CHECK_RULES.wall, checkWall(measures!));
  return {
    person: sitter.sitter.name,
    wall: wall.name,
    kind: wall.kind,
    half,
    errors,
    measures: measures!,
    flagged: judged.outcome !== 'passed',
  };
}
