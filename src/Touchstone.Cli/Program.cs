using System.Text;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Cli;
using Touchstone.Cli.Commands;

Console.OutputEncoding = Encoding.UTF8;
// A file or a pipe has no width to wrap at.
if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 240;
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    // The first Ctrl-C ends in good order; the second ends at once.
    if (stop.IsCancellationRequested) return;
    e.Cancel = true;
    stop.Cancel();
};
using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.Cancel();
});

var app = new CommandApp();
app.Configure(config =>
{
    config.SetApplicationName("touchstone");
    config.SetApplicationVersion(typeof(ExitCodes).Assembly.GetName().Version?.ToString(3) ?? "0");
    config.PropagateExceptions();
    config.UseStrictParsing();
    config.AddCommand<DemoCommand>("demo")
        .WithDescription("Makes a simulated shop and runs the main job on it: raw files to a verdict, with the truth beside each estimate.")
        .WithExample("demo");
    config.AddCommand<RunCommand>("run")
        .WithDescription("The main job: raw files in, trained recommenders and a verdict in money out.")
        .WithExample("run", "shop.yaml").WithExample("run", "shop.yaml", "--from", "train");
    config.AddCommand<ServeCommand>("serve")
        .WithDescription("Answers GET /v1/recommendations and /v1/search from a workspace's champions, and remembers what was shown; without LibTorch.")
        .WithExample("serve", "shop.yaml", "--port", "8080");
    config.AddCommand<InitCommand>("init")
        .WithDescription("Looks at a folder of files and writes a commented shop.yaml with its best guess.")
        .WithExample("init", "exports/");
    config.AddCommand<SimulateCommand>("simulate")
        .WithDescription("Writes the raw files of a simulated shop, with exposures and a shop.yaml.")
        .WithExample("simulate", "shop/", "--seed", "1");
    config.AddCommand<SearchCommand>("search")
        .WithDescription("Finds products by words, in English and Chinese; by meaning too where an encoder was trained.")
        .WithExample("search", "\"wireless headphones\"", "--filter", "price=..100", "--facets", "brand");
    config.AddCommand<PretrainCommand>("pretrain")
        .WithDescription("Trains a vocabulary and a language model on the shop's texts and behaviour: the stage pretrain by itself.")
        .WithExample("pretrain", "shop.yaml");
    config.AddCommand<FinetuneCommand>("finetune")
        .WithDescription("Fine-tunes the language model to find, recommend and tell what is bought: the stage finetune by itself.")
        .WithExample("finetune", "shop.yaml");
    config.AddCommand<IndexCommand>("index")
        .WithDescription("Writes the index that search reads: run --only index.")
        .WithExample("index", "shop.yaml");
    VerdictCommand.Register(config);
    IndicatorsCommand.Register(config);
    PowerCommand.Register(config);
    config.AddBranch("evaluate", branch =>
    {
        branch.SetDescription("Judges anyone's files: rankings, scores, experiments, policies, interleaving, uplift; and the judge itself.");
        EvaluateRankingCommand.Register(branch);
        EvaluateClicksCommand.Register(branch);
        EvaluateScoresCommand.Register(branch);
        EvaluateExperimentCommand.Register(branch);
        EvaluatePolicyCommand.Register(branch);
        EvaluateInterleavingCommand.Register(branch);
        EvaluateUpliftCommand.Register(branch);
        EvaluateCalibrateCommand.Register(branch);
    });
    config.AddBranch("benchmark", branch =>
    {
        branch.SetDescription("Compares models on files, without a workspace.");
        branch.AddCommand<BenchmarkSequencesCommand>("sequences")
            .WithDescription("Next product on \"one user a line\" files: leave-one-out, options chosen on validation only.")
            .WithExample("benchmark", "sequences", "--data", "Beauty.txt", "--models", "popularity,cooccurrence");
        branch.AddCommand<BenchmarkColdCommand>("cold")
            .WithDescription("Products that came after training: a share is taken out of it, and found by meaning, TF-IDF, popularity and chance.")
            .WithExample("benchmark", "cold", "shop.yaml");
        branch.AddCommand<BenchmarkSearchCommand>("search")
            .WithDescription("Searchers on judged queries: plain BM25, the product's own, by meaning and both together, side by side.")
            .WithExample("benchmark", "search", "--products", "products.jsonl.gz", "--qrels", "ratings.csv");
    });
});
return await ExitCodes.RunAsync(() => app.RunAsync(args, stop.Token)).ConfigureAwait(false);
