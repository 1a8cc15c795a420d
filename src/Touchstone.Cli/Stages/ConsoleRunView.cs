using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Touchstone.Cli.Stages;

/// <summary>
/// Shows a run in the terminal: one line a stage that grows a bar while it works; where the output is no terminal, a line at most
/// every five seconds.
/// </summary>
internal sealed class ConsoleRunView(IAnsiConsole console) : IRunView, IStageProgress
{
    private static readonly TimeSpan BarEvery = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private readonly Stopwatch _sinceShown = new();
    private readonly Stopwatch _stage = new();
    private readonly bool _isTerminal = console.Profile.Capabilities.Ansi && !Console.IsOutputRedirected;
    private string _name = "";
    private bool _hasBar;

    public void Skipped(string stage, StageManifest manifest) =>
        console.MarkupLine($"[grey]✓ {stage,-9} unchanged{Reason(manifest)}[/]");

    public void Warn(string text) => console.MarkupLine("[yellow]warning:[/] " + Markup.Escape(text));

    public IStageProgress Begin(string stage)
    {
        _name = stage;
        _stage.Restart();
        _sinceShown.Restart();
        if (_isTerminal) Bar(0, "");
        else console.WriteLine($"… {stage}");
        return this;
    }

    public void Report(double fraction, string doing)
    {
        lock (_gate)
        {
            if (_sinceShown.Elapsed < (_isTerminal ? BarEvery : LineEvery)) return;
            _sinceShown.Restart();
            if (_isTerminal) Bar(fraction, doing);
            else console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… {_name,-9} {fraction:0 %} {doing} ({_stage.Elapsed.TotalSeconds:0} s{Left(fraction)})"));
        }
    }

    public void Ended(string stage, StageManifest manifest)
    {
        lock (_gate)
        {
            ClearBar();
            var memory = double.IsNaN(manifest.PeakMemoryMib) ? "" : string.Create(CultureInfo.InvariantCulture, $", {manifest.PeakMemoryMib:0} MiB");
            console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[green]✓[/] {stage,-9} {manifest.DurationSeconds:0.0} s{memory}{Reason(manifest)}"));
            foreach (var note in manifest.Notes) console.MarkupLine("  " + Markup.Escape(note));
        }
    }

    /// <summary>Removes an unfinished bar, so that an error stands on a line of its own.</summary>
    public void ClearBar()
    {
        if (!_hasBar) return;
        Console.Out.Write("\r\u001b[2K");
        _hasBar = false;
    }

    private static string Reason(StageManifest manifest) => manifest.NotApplicable is { } reason ? $" [yellow]not applicable: {Markup.Escape(reason)}[/]" : "";

    private string Left(double fraction) => fraction is > 0.02 and < 1
        ? string.Create(CultureInfo.InvariantCulture, $", about {_stage.Elapsed.TotalSeconds / fraction * (1 - fraction):0} s left") : "";

    private void Bar(double fraction, string doing)
    {
        const int Width = 28;
        var done = (int)Math.Round(Math.Clamp(fraction, 0, 1) * Width);
        var text = string.Create(CultureInfo.InvariantCulture, $"  {_name,-9} {new string('━', done)}{new string('╌', Width - done)} {fraction,4:0 %} {doing} {_stage.Elapsed.TotalSeconds:0} s{Left(fraction)}");
        var limit = Math.Max(20, console.Profile.Width - 1);
        Console.Out.Write("\r\u001b[2K" + (text.Length > limit ? text[..limit] : text));
        _hasBar = true;
    }
}
