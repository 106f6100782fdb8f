/** Schools and their stations: the tenants. Rosters add the stations they name; people change how they are shown. */
import { newStation, type StationDocument, toStationView } from './station-document';
import { type Subject } from './staff';
import { appendAudit } from '../audit/append-audit';
import { type BatchDocument } from '../batch/batch-document';
import { derivedId } from '../identity/unguessable-id';
import { collection, command } from '../platform/database';
import { type Call } from '../requests/call';
import { knownRequest, oncePerRequest } from '../requests/once-per-request';
import { type SchoolView, type StationView } from '../../miniprogram/shared/contract/operator/access';
import { type Scope } from '../../miniprogram/shared/roles/scope';

export interface SchoolDocument {
  readonly _id: string;
  readonly code: string;
  readonly name: string;
}

const AT_MOST = 1000;

export async function schoolByCode(code: string): Promise<SchoolDocument | null> {
  return collection<SchoolDocument>('schools').findOne({ code });
}

export async function schoolSubject(code: string): Promise<Subject<SchoolDocument> | null> {
  const thing = await schoolByCode(code);
  return thing && { thing, level: 'school', tenant: { schoolCode: code, stationId: null } };
}

export async function schoolsIn(scope: Scope): Promise<readonly SchoolView[]> {
  const filter = scope.schools === 'all' ? {} : { code: command().in([...scope.schools]) };
  const schools = await collection<SchoolDocument>('schools').find(filter, {
    limit: AT_MOST,
    sort: [['code', 'asc']],
  });
  return schools.map(({ code, name }) => ({ code, name }));
}

/** Adds a school, or changes its name everywhere it is shown. Sent again late, it does not undo a newer name. */
export async function saveSchool(call: Call, request: SchoolView): Promise<SchoolView> {
  const { code, name } = request;
  const earlier = await schoolByCode(code);
  const _id = earlier?._id ?? derivedId('school', code);
  await oncePerRequest(knownRequest(call, 'saveSchool', request), async (scope) => {
    await scope.collection<SchoolDocument>('schools').set({ _id, code, name });
    await appendAudit(scope, call, 'school.save', _id, code);
    return { kind: 'done', receipt: {} };
  });
  const school = await collection<SchoolDocument>('schools').get(_id);
  if (school === null) throw new Error('a school that was just written is missing');
  await collection<BatchDocument>('batches').updateWhere({ schoolCode: code }, { schoolName: school.name });
  return { code, name: school.name };
}

/** Stations of one school, as far as the scope reaches. */
export async function stationsIn(scope: Scope, schoolCode: string): Promise<readonly StationView[]> {
  const own = scope.stations === 'all' ? {} : { _id: command().in([...scope.stations]) };
  const stations = await collection<StationDocument>('stations').find(
    { schoolCode, ...own },
    { limit: AT_MOST, sort: [['code', 'asc']] },
  );
  return stations.map(toStationView);
}

/** Adds a station, or changes how it is shown. */
export async function saveStation(
  call: Call,
  request: { readonly schoolCode: string; readonly code: string; readonly name: string },
): Promise<StationView> {
  const { schoolCode, code, name } = request;
  const station = newStation(schoolCode, code, name);
  await oncePerRequest(knownRequest(call, 'saveStation', request), async (scope) => {
    await scope.collection<StationDocument>('stations').set(station);
    await appendAudit(scope, call, 'station.save', station._id, schoolCode);
    return { kind: 'done', receipt: {} };
  });
  return toStationView((await collection<StationDocument>('stations').get(station._id)) ?? station);
}
