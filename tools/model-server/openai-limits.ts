import type { Rejected } from './chat-api.js';
import { openAIRejection } from './openai-error.js';
import type { OpenAIRequest } from './openai-request.js';
import { strictSchemaFault } from './strict-schema.js';

/**
 * Names decide what a model cannot do: `no-such…` is none, `gpt-5…` and `o1…` reason, `no-seed` and
 * `no-schema` stand for servers that lack a parameter.
 * @throws Rejected as the provider puts it
 */
export function checkLimits(request: OpenAIRequest): void {
  if (request.model.startsWith('no-such')) throw unknownModel(request.model);
  checkModelLimits(request);
  checkFormat(request);
}

function unknownModel(model: string): Rejected {
  const message = `The model \`${model}\` does not exist or you do not have access to it.`;
  return openAIRejection(404, { message, code: 'model_not_found' });
}

function checkModelLimits(request: OpenAIRequest): void {
  const { model, temperature, max_tokens: maxTokens, seed } = request;
  if (/^(gpt-5|o\d)/.test(model)) {
    if (typeof temperature === 'number' && temperature !== 1) throw onlyDefault(temperature);
    if (typeof maxTokens === 'number') {
      throw unsupported('max_tokens', " Use 'max_completion_tokens' instead.");
    }
  }
  if (model.includes('no-seed') && typeof seed === 'number') throw unsupported('seed');
}

function onlyDefault(temperature: number): Rejected {
  return openAIRejection(400, {
    message: `Unsupported value: 'temperature' does not support ${temperature} with this model. Only the default (1) value is supported.`,
    param: 'temperature',
    code: 'unsupported_value',
  });
}

function unsupported(param: string, instead = ''): Rejected {
  const message = `Unsupported parameter: '${param}' is not supported with this model.${instead}`;
  return openAIRejection(400, { message, param, code: 'unsupported_parameter' });
}

function checkFormat({ model, response_format: format, messages }: OpenAIRequest): void {
  if (!format || format.type === 'text') return;
  const param = 'response_format';
  const reject = (message: string) => openAIRejection(400, { message, param });
  if (model.includes('no-schema')) {
    throw reject(
      `Invalid parameter: 'response_format' of type '${format.type}' is not supported with this model.`,
    );
  }
  if (format.type === 'json_schema') {
    const { name, schema, strict } = format.json_schema;
    const fault = strict === true ? strictSchemaFault(schema) : undefined;
    if (fault !== undefined) {
      throw reject(`Invalid schema for response_format '${name}': ${fault}`);
    }
  } else if (!/json/i.test(JSON.stringify(messages))) {
    throw openAIRejection(400, {
      message:
        "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
      param: 'messages',
    });
  }
}
