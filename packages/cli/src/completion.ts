import { type Application, proposeCompletions } from "@stricli/core";
import type { Context } from "./context.js";

/** The word that shells ask with; it is in no help, as people need it never. */
export const ASKED = "__complete";

/** What each shell runs to ask for what may come next; where we know nothing, it offers files as it always does. */
export const SCRIPTS = {
  bash: `_camada() {
  local IFS=$'\\n'
  COMPREPLY=($(camada ${ASKED} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -o bashdefault -F _camada camada
`,
  zsh: `_camada() {
  local -a found
  found=(\${(f)"$(camada ${ASKED} "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( $#found )); then compadd -a found; else _files; fi
}
compdef _camada camada
`,
  fish: `complete -c camada -a '(camada ${ASKED} (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
} as const;

/** Prints what may come next, one a line: commands, options, and what options may be. */
export async function complete(
  application: Application<Context>,
  words: readonly string[],
  process: Context["process"],
): Promise<void> {
  const found = await proposeCompletions(application, words, { process });
  for (const { completion } of found) process.stdout.write(`${completion}\n`);
}
