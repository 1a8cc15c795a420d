using DuckDB.NET.Data;
using Touchstone.Data.Sources;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Sources;

public sealed class BanditLogFileTests : IDisposable
{
    private const string Log = "context,action,reward,propensity\na,x,1,0.5\na,y,0,0.5\nb,x,0,0.25\nb,z,2.5,0.75\n";
    private const string Target = "context,action,probability\na,x,0.9\na,y,0.1\nb,z,1\nb,w,0\n";
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("log.csv", ",")]
    [InlineData("log.tsv", "\t")]
    public void A_log_and_a_policy_become_columns(string name, string apart)
    {
        var log = BanditLogFile.Open(new BanditLogFiles { Log = Write(name, Log.Replace(",", apart, StringComparison.Ordinal)), Target = Write("target.csv", Target) }, TestContext.Current.CancellationToken);
        for (var walk = 0; walk < 2; walk++)
        {
            var rounds = Assert.Single(log.Rounds());
            Assert.Equal([1, 0, 0, 2.5], rounds.Rewards);
            Assert.Equal([.5, .5, .25, .75], rounds.Propensities);
            Assert.Equal([.9, .1, 0, 1], rounds.Targets);
            Assert.Equal([0, 0, 1, 1], rounds.Contexts);
            Assert.Equal(["x", "y", "x", "z"], rounds.Actions.Select(action => log.Actions[action]));
        }

        Assert.Equal(["context=a", "context=b"], log.Contexts);
    }

    [Fact]
    public void Parquet_is_read_as_well()
    {
        var (csv, parquet) = (Write("log.csv", Log), _folder.In("log.parquet"));
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"COPY (SELECT * FROM read_csv('{csv}')) TO '{parquet}' (FORMAT parquet)";
        command.ExecuteNonQuery();
        var rounds = Assert.Single(BanditLogFile.Open(new BanditLogFiles { Log = parquet, Target = Write("target.csv", Target) }, TestContext.Current.CancellationToken).Rounds());
        Assert.Equal([1, 0, 0, 2.5], rounds.Rewards);
        Assert.Equal([.9, .1, 0, 1], rounds.Targets);
    }

    [Fact]
    public void Columns_of_the_open_bandit_pipeline_and_columns_that_are_stated_are_known()
    {
        var path = Write("log.csv", "item_id,position,click,propensity_score,evaluation_policy_pscore,q_hat,q_hat_target\n7,1,1,0.5,0.25,0.1,0.2\n");
        var rounds = Assert.Single(BanditLogFile.Open(new BanditLogFiles { Log = path }, TestContext.Current.CancellationToken).Rounds());
        Assert.Equal((1, .5, .25, .1, .2), (rounds.Rewards[0], rounds.Propensities[0], rounds.Targets[0], rounds.ModelledRewards[0], rounds.ModelledValues[0]));
        var other = Write("other.csv", "earned,p,new\n3,0.5,0.5\n");
        var stated = new Dictionary<string, string> { ["reward"] = "earned", ["propensity"] = "p", ["target"] = "new" };
        Assert.Equal(3, Assert.Single(BanditLogFile.Open(new BanditLogFiles { Log = other, Columns = stated }, TestContext.Current.CancellationToken).Rounds()).Rewards[0]);
    }

    [Fact]
    public void A_target_without_probabilities_is_a_log_whose_shares_are_counted()
    {
        var target = Write("other.csv", "action,context,reward\nx,a,0\nx,a,1\ny,a,0\nz,b,0\n");
        var rounds = Assert.Single(BanditLogFile.Open(new BanditLogFiles { Log = Write("log.csv", Log), Target = target, Context = ["context"] }, TestContext.Current.CancellationToken).Rounds());
        Assert.Equal([2.0 / 3, 1.0 / 3, 0, 1], rounds.Targets);
        var uniform = Assert.Single(BanditLogFile.Open(new BanditLogFiles { Log = Write("log.csv", Log), Target = "uniform" }, TestContext.Current.CancellationToken).Rounds());
        Assert.All(uniform.Targets, probability => Assert.Equal(1.0 / 3, probability));
    }

    [Fact]
    public void Weights_of_categories_come_from_both_policies()
    {
        var log = BanditLogFile.Open(new BanditLogFiles
        {
            Log = Write("log.csv", "action,reward,propensity\nx,1,0.5\nz,0,0.25\n"),
            Target = Write("target.csv", "action,probability\nx,0.2\ny,0.2\nz,0.6\n"),
            Logging = Write("logging.csv", "action,probability\nx,0.5\ny,0.25\nz,0.25\n"),
            Categories = Write("categories.csv", "action,category\nx,c\ny,c\nz,d\n"),
        }, TestContext.Current.CancellationToken);
        Assert.True(log.HasCategories);
        Assert.Equal([.4 / .75, .6 / .25], Assert.Single(log.Rounds()).CategoryWeights);
    }

    [Fact]
    public void A_category_that_an_action_names_twice_is_an_error_with_its_line() => Assert.Equal("categories.csv:3 names category \"c\" of action \"x\" a second time; keep one row.", Fault(() => BanditLogFile.Open(new BanditLogFiles
    {
        Log = Write("log.csv", "action,reward,propensity\nx,1,0.5\n"),
        Target = Write("target.csv", "action,probability\nx,1\n"),
        Logging = Write("logging.csv", "action,probability\nx,1\n"),
        Categories = Write("categories.csv", "action,category,probability\nx,c,0.5\nx,c,0.5\n"),
    }, TestContext.Current.CancellationToken)));

    [Fact]
    public void A_reward_model_of_its_own_file_gives_what_is_expected_of_the_action_and_under_the_policy()
    {
        var files = new BanditLogFiles { Log = Write("log.csv", Log), Target = Write("target.csv", Target), Model = Write("model.csv", "action,q_hat\nx,0.5\ny,0.25\nz,2\n") };
        var log = BanditLogFile.Open(files, TestContext.Current.CancellationToken);
        Assert.True(log.HasModel);
        var rounds = Assert.Single(log.Rounds());
        Assert.Equal([.5, .25, .5, 2], rounds.ModelledRewards);
        Assert.Equal([.475, .475, 2, 2], rounds.ModelledValues.Select(value => Math.Round(value, 12)));
        Assert.Equal("log.csv:4 asks what model.csv expects of action \"z\" in context (all rounds), of which it says nothing: add its row there, or leave the model out to have one fitted.",
            Fault(() => BanditLogFile.Open(files with { Model = Write("model.csv", "action,q_hat\nx,0.5\ny,0.25\n") }, TestContext.Current.CancellationToken).Rounds().ToList()));
    }

    [Theory]
    [InlineData("a,x,1,0\n", "log.csv:6 propensity = 0; expected (0, 1]. Log the probability that the policy chose with.")]
    [InlineData("a,x,1,1.2\n", "log.csv:6 propensity = 1.2; expected (0, 1]. Log the probability that the policy chose with.")]
    [InlineData("a,x,1,-0.2\n", "log.csv:6 propensity = -0.2; expected (0, 1]. Log the probability that the policy chose with.")]
    [InlineData("a,x,1,NaN\n", "log.csv:6 propensity = \"NaN\" is not a finite number; log the probability that the policy chose with.")]
    [InlineData("a,x,1,\n", "log.csv:6 has no propensity; log the probability that the policy chose with.")]
    [InlineData("a,,1,0.5\n", "log.csv:6 has no action; write the id of what was chosen.")]
    [InlineData("a,x,inf,0.5\n", "log.csv:6 reward = \"inf\" is not a finite number; write what the round earned, 0 for nothing.")]
    [InlineData("a,x,,0.5\n", "log.csv:6 has no reward; write what the round earned, 0 for nothing.")]
    [InlineData("c,x,1,0.5\n", "log.csv:6 has the context context=c, of which target.csv says nothing: add what the judged policy does there.")]
    [InlineData("a,x,1\n", "log.csv:6 cannot be read (3 cells where the header has 4); mend or remove the row.")]
    public void Faulty_rows_are_errors_that_name_them(string row, string message) =>
        Assert.Equal(message, Fault(() => BanditLogFile.Open(new BanditLogFiles { Log = Write("log.csv", Log + row), Target = Write("target.csv", Target) }, TestContext.Current.CancellationToken).Rounds().ToList()));

    [Theory]
    [InlineData("context,action,probability\na,x,0.5\na,y,0.4\nb,z,1\n", "target.csv is no policy: probabilities of context context=a add up to 0.9; a policy's add up to 1. Write every action that it may choose.")]
    [InlineData("context,action,probability\na,x,1.5\n", "target.csv:2 probability = 1.5; expected [0, 1]. Write the policy's probability of the action.")]
    [InlineData("context,action,probability\na,x,0.5\na,x,0.5\n", "target.csv:3 names action \"x\" a second time in context context=a; keep one row.")]
    [InlineData("segment,action,probability\na,x,1\n", "target.csv:1 has the column \"segment\", which the log does not have: a policy's context is made of the log's columns. Rename or remove it, or name the context with --context.")]
    [InlineData("context,action,chance\na,x,1\n", "target.csv:1 has no column probability; it has: context, action, chance. Write context columns,action,probability; or, if it is a log of the policy whose shares are to be counted, say by which columns: --context position (--context none for all rows together).")]
    public void Faulty_policies_are_errors_that_name_row_or_context(string target, string message) =>
        Assert.Equal(message, Fault(() => BanditLogFile.Open(new BanditLogFiles { Log = Write("log.csv", Log), Target = Write("target.csv", target) }, TestContext.Current.CancellationToken).Rounds().ToList()));

    [Theory]
    [InlineData("action,reward\nx,1\n", "log.csv:1 has no column propensity; it has: action, reward. Without the probability that the log chose with, no estimate is possible: --columns propensity=NAME.")]
    [InlineData("action,propensity\nx,1\n", "log.csv:1 has no column reward; it has: action, propensity. Name the column of what a round earned: --columns reward=NAME.")]
    [InlineData("reward,propensity\n1,1\n", "log.csv:1 has no column action; it has: reward, propensity. The policy's probabilities are looked up by the logged action: --columns action=NAME.")]
    [InlineData("action,reward,propensity\n", "log.csv:1 has a header and no rows; a round a row.")]
    public void A_log_that_lacks_a_column_names_it(string text, string message) =>
        Assert.Equal(message, Fault(() => BanditLogFile.Open(new BanditLogFiles { Log = Write("log.csv", text), Target = Write("target.csv", "action,probability\nx,1\n") }, TestContext.Current.CancellationToken).Rounds().ToList()));

    [Fact]
    public void An_action_in_another_Unicode_form_than_the_policys_is_warned_of()
    {
        var target = Write("target.csv", "action,probability\ncaf\u00E9,0.5\nna\u00EFve,0.5\n");
        var log = BanditLogFile.Open(new BanditLogFiles { Log = Write("log.csv", "action,reward,propensity\ncafe\u0301,1,0.5\nna\u00EFve,0,0.5\n"), Target = target }, TestContext.Current.CancellationToken);
        Assert.Equal(0, Assert.Single(log.Rounds()).Targets[0]);
        Assert.Equal("1 id stands there in several Unicode forms, e.g. \"caf\u00E9\": they are taken as different actions. Write all ids in one form (NFC).", Assert.Single(log.Warnings));
        log = BanditLogFile.Open(new BanditLogFiles { Log = Write("log.csv", "action,reward,propensity\ncaf\u00E9,1,0.5\nna\u00EFve,0,0.5\n"), Target = target }, TestContext.Current.CancellationToken);
        Assert.Single(log.Rounds());
        Assert.Empty(log.Warnings);
    }

    [Fact]
    public void Blanks_around_ids_are_no_part_of_them()
    {
        var rounds = Assert.Single(BanditLogFile.Open(new BanditLogFiles { Log = Write("log.csv", "page,action,reward,propensity\na , x,1,0.5\n"), Target = Write("target.csv", "page,action,probability\na,x ,1\n") }, TestContext.Current.CancellationToken).Rounds());
        Assert.Equal([1], rounds.Targets);
    }

    [Fact]
    public void Without_a_target_the_log_must_bring_its_probabilities() =>
        Assert.StartsWith("log.csv:1 does not say what the judged policy would have done: name its probabilities with --target FILE", Fault(() => BanditLogFile.Open(new BanditLogFiles { Log = Write("log.csv", Log) }, TestContext.Current.CancellationToken)), StringComparison.Ordinal);

    [Fact]
    public void Long_logs_are_read_again_block_by_block_with_the_same_rounds()
    {
        var path = _folder.In("long.csv");
        using (var writer = new StreamWriter(path))
        {
            writer.Write("action,reward,propensity,shopper\n");
            for (var i = 0; i < 300_000; i++) writer.Write(FormattableString.Invariant($"p{i % 5},{i % 7},0.2,{(i % 1000 == 999 ? "" : "s" + (i % 1000))}\n"));
        }

        var log = BanditLogFile.Open(new BanditLogFiles { Log = path, Target = Write("target.csv", "action,probability\np0,1\n") }, TestContext.Current.CancellationToken);
        for (var walk = 0; walk < 2; walk++)
        {
            long rounds = 0;
            double rewards = 0;
            foreach (var block in log.Rounds())
            {
                Assert.Equal(rounds, block.FirstRound);
                Assert.True(block.Count == BanditLog.BlockRounds || rounds + block.Count == 300_000);
                // A round of nobody known, every thousandth, is a cluster of its own, the same one in each walk.
                for (var i = 0; i < block.Count; i++) Assert.Equal(rounds + i is var at && at % 1000 == 999 ? 999 + (at / 1000) : at % 1000, block.Clusters[i]);
                rounds += block.Count;
                rewards += block.Rewards.Sum();
            }

            Assert.Equal(300_000, rounds);
            Assert.Equal(Enumerable.Range(0, 300_000).Sum(i => i % 7), rewards);
        }
    }

    [Theory]
    [InlineData("shopper", null)]
    [InlineData("user_id", null)]
    [InlineData("who", "who")]
    public void Rounds_say_whose_they_are_by_a_known_column_or_one_that_is_stated(string column, string? stated)
    {
        var path = Write("log.csv", $"reward,propensity,target,{column}\n1,0.5,0.5,b\n0,0.5,0.5, a\n1,0.5,0.5,\n0,0.5,0.5,b \n1,0.5,0.5,\n");
        var log = BanditLogFile.Open(new BanditLogFiles { Log = path, Columns = stated is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["cluster"] = stated } }, TestContext.Current.CancellationToken);
        Assert.True(log.HasClusters);
        Assert.Equal([0, 1, 2, 0, 3], Assert.Single(log.Rounds()).Clusters);
        Assert.False(BanditLogFile.Open(new BanditLogFiles { Log = Write("none.csv", "reward,propensity,target,town\n1,0.5,0.5,b\n") }, TestContext.Current.CancellationToken).HasClusters);
        Assert.Equal("log.csv:1 has no column \"nobody\", which is to be read as cluster; it has: reward, propensity, target, " + column + ".",
            Fault(() => BanditLogFile.Open(new BanditLogFiles { Log = path, Columns = new Dictionary<string, string> { ["cluster"] = "nobody" } }, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Shoppers_in_two_Unicode_forms_are_warned_of()
    {
        var log = BanditLogFile.Open(new BanditLogFiles { Log = Write("log.csv", "reward,propensity,target,shopper\n1,0.5,0.5,cafe\u0301\n0,0.5,0.5,caf\u00E9\n") }, TestContext.Current.CancellationToken);
        Assert.Equal([0, 1], Assert.Single(log.Rounds()).Clusters);
        Assert.Contains("they are taken as different shoppers.", Assert.Single(log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_slate_is_one_shoppers()
    {
        const string Head = "slate,position,reward,propensity_slot,target_slot,shopper\n";
        var slates = SlateLogFile.Read(Write("slates.csv", Head + "s1,0,1,1,1,b\ns1,1,1,1,1,b\ns2,0,1,1,1,\ns3,0,1,1,1,b\n"), new Dictionary<string, string>(), TestContext.Current.CancellationToken);
        Assert.Equal([0, 1, 0], slates.Clusters);
        Assert.Equal("slates.csv:3 has another shopper than the rows of slate \"s1\" before; a slate is shown to one shopper.",
            Fault(() => SlateLogFile.Read(Write("slates.csv", Head + "s1,0,1,1,1,b\ns1,1,1,1,1,a\n"), new Dictionary<string, string>(), TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Logs_of_slates_keep_their_slots_together()
    {
        var slates = SlateLogFile.Read(Write("slates.csv", "slate_id,position,reward,pscore_item_position,evaluation_policy_pscore_item_position\ns1,0,1,0.5,0.25\ns1,1,0,0.5,0.5\ns2,0,0,1,0.5\n"), new Dictionary<string, string>(), TestContext.Current.CancellationToken);
        Assert.Equal([0, 2, 3], slates.Starts);
        Assert.Equal([.5, .5, 1], slates.SlotPropensities);
        Assert.Empty(slates.PrefixTargets);
        Assert.Equal("slates.csv:4 goes back to slate \"s1\": the rows of a slate stand together; sort the file by slate and position.",
            Fault(() => SlateLogFile.Read(Write("slates.csv", "slate,position,reward,propensity_slot,target_slot\ns1,0,1,1,1\ns2,0,1,1,1\ns1,1,1,1,1\n"), new Dictionary<string, string>(), TestContext.Current.CancellationToken)));
        Assert.Equal("slates.csv:3 has position 0 after 0 in slate \"s1\"; sort the file by slate and position, each position once.",
            Fault(() => SlateLogFile.Read(Write("slates.csv", "slate,position,reward,propensity_slot,target_slot\ns1,0,1,1,1\ns1,0,1,1,1\n"), new Dictionary<string, string>(), TestContext.Current.CancellationToken)));
    }

    public void Dispose() => _folder.Dispose();

    // Messages name the path as it was given; here that is a folder of this test's own.
    private string Fault(Func<object> work) => Assert.Throws<SourceException>(() => work()).Message.Replace(_folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.In(name), text);
        return _folder.In(name);
    }
}
