// Holds what a person has typed in a view or message, in the shape of Slack's `state.values`.

/** One per view or message. Outlives re-rendering, so an update that keeps both ids keeps the typing. */
export class Fields {
  /** shown: the view or message, whose `state` holds what the server remembers of earlier typing. */
  constructor(shown) {
    this.values = {};
    this.onChange = () => {};
    for (const { block, element } of holders(shown.blocks)) {
      const known = shown.state?.values?.[block.block_id]?.[element.action_id];
      if (known && JSON.stringify(known) !== JSON.stringify(initial(element))) (this.values[block.block_id] ??= {})[element.action_id] = known;
    }
  }

  get(block, element) {
    const kept = this.values[block.block_id]?.[element.action_id];
    return kept?.type === element.type ? kept : initial(element);
  }

  /** value: the keys Slack puts beside `type`, e.g. {selected_option}. */
  set(block, element, value) {
    this.values[block.block_id] ??= {};
    this.values[block.block_id][element.action_id] = { type: element.type, ...value };
    this.onChange(block.block_id, element.action_id, this.values[block.block_id][element.action_id]);
  }

  /** The state of all inputs now shown in `blocks`, with initial values where nothing was typed. */
  state(blocks) {
    const state = {};
    for (const { block, element } of holders(blocks)) {
      state[block.block_id] ??= {};
      state[block.block_id][element.action_id] = this.get(block, element);
    }
    return state;
  }

  /** What was typed here and is still on the screen. */
  touched(blocks) {
    const state = {};
    for (const { block, element } of holders(blocks)) {
      const value = this.values[block.block_id]?.[element.action_id];
      if (value?.type === element.type) (state[block.block_id] ??= {})[element.action_id] = value;
    }
    return state;
  }
}

const STATEFUL = new Set(["plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input",
  "static_select", "multi_static_select", "external_select", "multi_external_select", "users_select",
  "multi_users_select", "conversations_select", "multi_conversations_select", "channels_select",
  "multi_channels_select", "datepicker", "timepicker", "datetimepicker", "radio_buttons", "checkboxes", "file_input"]);

/** Every {block, element} of `blocks` that carries a value. */
export function holders(blocks) {
  const found = [];
  for (const block of blocks || []) {
    const inside = [block.element, block.accessory, ...(block.type === "actions" ? block.elements || [] : [])];
    for (const element of inside) if (element && STATEFUL.has(element.type)) found.push({ block, element });
  }
  return found;
}

function initial(element) {
  const type = element.type;
  switch (type) {
    case "plain_text_input": case "number_input": case "email_text_input": case "url_text_input":
      return { type, value: element.initial_value ?? null };
    case "rich_text_input": return { type, rich_text_value: element.initial_value ?? null };
    case "static_select": case "external_select": case "radio_buttons":
      return { type, selected_option: element.initial_option ?? null };
    case "multi_static_select": case "multi_external_select": case "checkboxes":
      return { type, selected_options: element.initial_options ?? [] };
    case "users_select": return { type, selected_user: element.initial_user ?? null };
    case "multi_users_select": return { type, selected_users: element.initial_users ?? [] };
    case "conversations_select": return { type, selected_conversation: element.initial_conversation ?? null };
    case "multi_conversations_select": return { type, selected_conversations: element.initial_conversations ?? [] };
    case "channels_select": return { type, selected_channel: element.initial_channel ?? null };
    case "multi_channels_select": return { type, selected_channels: element.initial_channels ?? [] };
    case "datepicker": return { type, selected_date: element.initial_date ?? null };
    case "timepicker": return { type, selected_time: element.initial_time ?? null };
    case "datetimepicker": return { type, selected_date_time: element.initial_date_time ?? null };
    case "file_input": return { type, files: [] };
    default: return { type };
  }
}

/** Whether a state value counts as "nothing given". */
export function isEmpty(value) {
  const given = Object.entries(value).filter(([name]) => name !== "type").map(([, given]) => given);
  return given.every((one) => one === null || one === undefined || one === "" || (Array.isArray(one) && !one.length));
}
