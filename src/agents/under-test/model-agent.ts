import { fileURLToPath } from 'node:url';
import type { ChatAnswer, ChatMessage, ChatModel } from '../../models/chat-model.js';
import { loadPrompt, type PromptFile } from '../../models/prompt-file.js';
import { recordedModel } from '../../models/recorded-model.js';
import type { Turn } from '../../transcript/transcript.js';
import type { Agent, AgentReply } from './agent.js';
import { itemList, taskOf, type AgentTask } from './agent-task.js';
import { readMarkers, withMarkers } from './read-markers.js';

const DEFAULT_PROMPT = fileURLToPath(
  new URL('../../../datasets/agents/clinic-agent.md', import.meta.url),
);
const PLACES = ['clinic', 'purpose', 'items', 'patientName', 'dateOfBirth'];

/** @throws MatrixError where the prompt cannot be read or names a place that is not offered */
export function loadAgentPrompt(file = DEFAULT_PROMPT): PromptFile {
  return loadPrompt(file, PLACES);
}

/** A language model as the agent. It acts by markers in its text, which the prompt asks for. */
export function modelAgent(model: ChatModel, prompt: PromptFile): Agent {
  return {
    history: 'stateless',
    family: model.family,
    ...(model.server === undefined ? {} : { server: model.server }),
    prompt,
    toldItems: prompt.places.includes('items'),
    open: ({ scenario, calls }) => {
      const recorded = recordedModel(model, calls, { role: 'agent' });
      const system = { role: 'system', text: prompt.fill(valuesOf(taskOf(scenario))) } as const;
      return {
        reply: async (turns, signal) =>
          spokenOf(
            await recorded.complete({ messages: [system, ...turns.map(messageOf)] }, signal),
          ),
      };
    },
  };
}

function valuesOf({ clinic, purpose, requiredItems, patient }: AgentTask) {
  return {
    clinic,
    purpose,
    items: itemList(requiredItems),
    patientName: patient.name,
    dateOfBirth: patient.dateOfBirth,
  };
}

/** A turn of silence gets a word for it: providers refuse empty messages. */
function messageOf({ role, text, actions = [] }: Turn): ChatMessage {
  return role === 'agent'
    ? { role: 'assistant', text: withMarkers({ text, actions }) || '(silence)' }
    : { role: 'user', text: text || '(silence)' };
}

function spokenOf({ text: answer, finish }: ChatAnswer): AgentReply {
  const { text, actions } = readMarkers(answer);
  if (finish !== 'complete') return { text, actions, fault: finish };
  return text === '' && actions.length === 0
    ? { text, actions, fault: 'empty' }
    : { text, actions };
}
