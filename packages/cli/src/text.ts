import {
  type ApplicationText,
  ArgumentScannerError,
  formatMessageForArgumentScannerError,
  text_en,
} from "@stricli/core";
import type { Say } from "./language.js";
import { UsageError } from "./options.js";

/** What the command-line framework itself says, in the reader's language. */
export function frameworkText(say: Say): ApplicationText {
  const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
  return {
    ...text_en,
    headers: {
      usage: say("help.usage"),
      aliases: say("help.aliases"),
      commands: say("help.commands"),
      flags: say("help.flags"),
      arguments: say("help.arguments"),
    },
    keywords: { default: say("help.default"), separator: say("help.separator") },
    briefs: {
      help: say("help.help"),
      helpAll: say("help.helpAll"),
      version: say("help.version"),
      argumentEscapeSequence: say("help.escape"),
    },
    noCommandRegisteredForInput: ({ input, corrections }) =>
      corrections.length === 0
        ? say("cli.unknownCommand", { input })
        : say("cli.didYouMean", { input, corrections: corrections.join(", ") }),
    noTextAvailableForLocale: ({ requestedLocale, defaultLocale }) =>
      say("cli.noLocale", { locale: requestedLocale, fallback: defaultLocale }),
    exceptionWhileParsingArguments: (error) =>
      say("cli.arguments", { reason: argumentReason(error, say) ?? reason(error) }),
    exceptionWhileRunningCommand: (error) =>
      say(error instanceof UsageError ? "cli.arguments" : "cli.failed", { reason: reason(error) }),
    exceptionWhileLoadingCommandFunction: (error) => say("cli.failed", { reason: reason(error) }),
    exceptionWhileLoadingCommandContext: (error) => say("cli.failed", { reason: reason(error) }),
    commandErrorResult: reason,
  };
}

/** The framework's own complaints about arguments, said by us. */
function argumentReason(error: unknown, say: Say): string | undefined {
  if (!(error instanceof ArgumentScannerError)) return undefined;
  return formatMessageForArgumentScannerError(error, {
    FlagNotFoundError: ({ input }) => say("cli.flagNotFound", { input }),
    AliasNotFoundError: ({ input }) => say("cli.flagNotFound", { input }),
    ArgumentParseError: ({ externalFlagNameOrPlaceholder: name, input, exception }) =>
      exception instanceof UsageError ? exception.message : say("cli.parse", { name, input }),
    EnumValidationError: ({ externalFlagName: name, input, values }) =>
      say("cli.enum", { name, input, values: values.join(", ") }),
    UnsatisfiedFlagError: ({ externalFlagName: name }) => say("cli.missing", { name }),
    UnsatisfiedPositionalError: ({ placeholder: name }) => say("cli.missing", { name }),
    UnexpectedPositionalError: ({ input }) => say("cli.unexpected", { input }),
    UnexpectedFlagError: ({ externalFlagName: name }) => say("cli.repeated", { name }),
    InvalidNegatedFlagSyntaxError: ({ externalFlagName: name }) => say("cli.negated", { name }),
  });
}
