/** Who reads a result: what has to be known before operators of a graph are put together. */
import { type TfliteModel, type TfliteOperator } from './tflite-model';

/** The one operator that reads the result, as its picture; undefined when there are none or several. */
export function onlyReader(
  { operators, outputs }: TfliteModel,
  operator: TfliteOperator,
): TfliteOperator | undefined {
  const result = operator.outputs[0]!;
  const readers = operators.filter(({ inputs }) => inputs.includes(result));
  return readers.length === 1 && readers[0]!.inputs[0] === result && !outputs.includes(result)
    ? readers[0]
    : undefined;
}
