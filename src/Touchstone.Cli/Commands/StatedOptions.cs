using Spectre.Console;
using Spectre.Console.Cli;

namespace Touchstone.Cli.Commands;

/// <summary>What was written on the command line, so that an option that would have no effect is refused instead of dropped.</summary>
internal static class StatedOptions
{
    /// <summary>Refuses every stated option but those that count.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="why">What leaves the others without effect, e.g. <c>--spec FILE defines the experiment</c>.</param>
    /// <param name="used">Names of the options that count beside <c>--format</c> and <c>--report</c>.</param>
    public static ValidationResult Only(CommandContext context, string why, params ReadOnlySpan<string> used)
    {
        List<string> unused = [];
        foreach (var name in Names(context))
            if (name is not ("--format" or "--report") && !used.Contains(name)) unused.Add(name);
        return Refusal(why, unused);
    }

    /// <summary>Refuses options that are idle beside the others, where they are stated.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="why">What leaves them without effect.</param>
    /// <param name="idle">Names of the options.</param>
    public static ValidationResult Without(CommandContext context, string why, params ReadOnlySpan<string> idle)
    {
        List<string> unused = [];
        foreach (var name in Names(context))
            if (idle.Contains(name)) unused.Add(name);
        return Refusal(why, unused);
    }

    private static List<string> Names(CommandContext context)
    {
        List<string> names = [];
        foreach (var argument in context.Arguments)
        {
            if (!argument.StartsWith("--", StringComparison.Ordinal)) continue;
            var end = argument.AsSpan().IndexOfAny('=', ':');
            var name = end < 0 ? argument : argument[..end];
            if (!names.Contains(name)) names.Add(name);
        }

        return names;
    }

    private static ValidationResult Refusal(string why, List<string> unused) =>
        unused.Count == 0 ? ValidationResult.Success() : ValidationResult.Error($"{why}: leave {string.Join(", ", unused)} out.");
}
