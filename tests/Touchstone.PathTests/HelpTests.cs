using System.Text;

namespace Touchstone.PathTests;

/// <summary>What the program says of itself is an approved file: a change of a verb or an option shows in review.</summary>
public sealed class HelpTests
{
    private static readonly string[][] Verbs =
    [
        [], ["demo"], ["run"], ["serve"], ["search"], ["pretrain"], ["finetune"], ["index"], ["init"], ["simulate"], ["benchmark"], ["benchmark", "sequences"], ["benchmark", "search"], ["benchmark", "cold"],
        ["evaluate"], ["evaluate", "ranking"], ["evaluate", "clicks"], ["evaluate", "scores"], ["evaluate", "experiment"], ["evaluate", "policy"], ["evaluate", "interleaving"], ["evaluate", "uplift"], ["evaluate", "calibrate"],
        ["power"], ["indicators"], ["verdict"],
    ];

    [Fact]
    public async Task The_help_of_every_verb_is_the_approved_one()
    {
        using var folder = new TemporaryFolder();
        var help = new StringBuilder();
        foreach (var verb in Verbs)
        {
            var run = await TouchstoneProcess.RunAsync(folder.Path, [.. verb, "--help"]);
            Assert.True(run.ExitCode == 0, run.Output + run.Error);
            help.Append("$ touchstone ").AppendJoin(' ', verb.Append("--help")).Append('\n');
            foreach (var line in run.Output.ReplaceLineEndings("\n").Split('\n')) help.Append(line.TrimEnd()).Append('\n');
        }

        var received = help.ToString();
        var approved = Path.Combine(Tests.SharedData.Repository, "docs", "cli-help.txt");
        if (File.Exists(approved) && File.ReadAllText(approved) == received) return;
        var aside = Path.Combine(Tests.SharedData.Repository, "artifacts", "cli-help.received.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(aside) ?? ".");
        File.WriteAllText(aside, received);
        Assert.Fail($"The help differs from docs/cli-help.txt. If it should: cp {Path.GetRelativePath(Tests.SharedData.Repository, aside)} docs/cli-help.txt\n{received}");
    }
}
