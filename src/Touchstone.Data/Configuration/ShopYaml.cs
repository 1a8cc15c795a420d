using System.Collections.Immutable;
using Touchstone.Domain;
using YamlDotNet.RepresentationModel;

namespace Touchstone.Data.Configuration;

/// <summary>Binds the YAML tree to the records; the defaults are the records' own.</summary>
internal static class ShopYaml
{
    public static ShopConfiguration Read(string yaml, string path, Func<string, string?> environment)
    {
        var file = new YamlFile(Path.GetFileName(path), environment);
        var root = file.Root(yaml);
        var d = new ShopConfiguration();
        var version = root.Integer("version", d.Version, 1);
        if (version != 1) throw new ConfigurationException(file.Name, root.Line("version"), $"version is {version}; this Touchstone reads version 1.");
        var configuration = d with
        {
            FilePath = path,
            Shop = root.Text("shop", d.Shop),
            Site = root.Text("site", d.Site),
            Locale = root.Text("locale", d.Locale),
            Currency = Currency(root, d.Currency),
            TimeZone = TimeZone(root, file, d.TimeZone),
            Seed = root.UnsignedInteger("seed", d.Seed),
            Threads = root.Integer("threads", d.Threads, 1, 1024),
            Catalogue = Sources(root, file, "catalogue", SourceFields.Catalogue),
            Events = Sources(root, file, "events", SourceFields.Events),
            Privacy = Privacy(root.Map("privacy")),
            Cleaning = OptionSets(root.Map("cleaning"), file),
            Split = Split(root.Map("split"), file),
            Models = root.Value("models") is { } models ? Models(models, file) : d.Models,
            Pretrain = Switched(root, "pretrain", file),
            Finetune = OptionSets(root.Map("finetune"), file),
            Evaluate = Evaluate(root.Map("evaluate"), file),
            Money = MoneySection(root, file),
            Guardrails = Guardrails(root.Map("guardrails")),
            Search = SearchConfiguration.Read(root.Map("search")),
        };
        root.Finish();
        return configuration;
    }

    internal static string Currency(YamlMap root, string whenAbsent)
    {
        var code = root.Text("currency", whenAbsent);
        if (code.Length == 0 || (code.Length == 3 && code.All(char.IsAsciiLetterUpper))) return code;
        throw root.Fault("currency", $"currency \"{code}\" is not an ISO 4217 code; write three capitals, such as EUR.");
    }

    private static string TimeZone(YamlMap root, YamlFile file, string whenAbsent)
    {
        var zone = root.Text("time_zone", whenAbsent);
        if (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) return zone;
        throw new ConfigurationException(file.Name, root.Line("time_zone"), $"time_zone \"{zone}\" is not known; write an IANA name such as Europe/London (a machine without tzdata knows only UTC).");
    }

    private static IReadOnlyList<SourceDefinition> Sources(YamlMap root, YamlFile file, string key, IReadOnlyList<string> fields)
    {
        if (root.Value(key) is not { } value) return [];
        IEnumerable<YamlNode> items = value is YamlMappingNode ? [value] : file.Items(value, key);
        return [.. items.Select(item => item is YamlMappingNode map
            ? SourceYaml.Read(new YamlMap(map, file, key, map.Start.Line), file, fields)
            : new SourceDefinition { Path = file.Text(item, key), LineNumber = item.Start.Line })];
    }

    private static PrivacyConfiguration Privacy(YamlMap map)
    {
        var d = new PrivacyConfiguration();
        var section = d with { ShopperIds = map.ChoiceOrNull<ShopperIds>("shopper_ids") ?? d.ShopperIds, KeyFile = map.TextOrNull("key_file") };
        map.Finish();
        return section;
    }

    private static IReadOnlyList<OptionSet> OptionSets(YamlMap map, YamlFile file) =>
        [.. map.Keys.Select(entry => map.Value(entry.Key) switch
        {
            null => new OptionSet { Name = entry.Key, File = file.Name, LineNumber = entry.LineNumber },
            YamlMappingNode options => Options(entry.Key, options, file, entry.LineNumber),
            var flag => new OptionSet { Name = entry.Key, IsEnabled = file.Flag(flag, map.Full(entry.Key)), File = file.Name, LineNumber = entry.LineNumber },
        })];

    private static OptionSet Switched(YamlMap root, string key, YamlFile file) => root.Value(key) switch
    {
        null => new OptionSet { Name = key, File = file.Name, LineNumber = root.Line(key) },
        YamlMappingNode options => Options(key, options, file, root.Line(key)),
        var flag => new OptionSet { Name = key, IsEnabled = file.Flag(flag, key), File = file.Name, LineNumber = root.Line(key) },
    };

    private static List<OptionSet> Models(YamlNode node, YamlFile file)
    {
        var models = new List<OptionSet>();
        foreach (var item in file.Items(node, "models"))
        {
            if (item is not YamlMappingNode map)
            {
                models.Add(new OptionSet { Name = file.Text(item, "models"), File = file.Name, LineNumber = item.Start.Line });
                continue;
            }

            foreach (var (key, value) in map.Children)
            {
                var name = file.Key(key);
                models.Add(value is YamlMappingNode options ? Options(name, options, file, key.Start.Line)
                    : YamlFile.IsNull(value) ? new OptionSet { Name = name, File = file.Name, LineNumber = key.Start.Line }
                    : throw file.Fault(value, $"models.{name} must be a map of options; write it as `{name}: {{option: value}}`."));
            }
        }

        var twice = models.GroupBy(model => model.Name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw new ConfigurationException(file.Name, twice.Last().LineNumber, $"models names \"{twice.Key}\" twice; name it once.");
        return models;
    }

    private static OptionSet Options(string name, YamlMappingNode map, YamlFile file, long lineNumber)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var lines = new Dictionary<string, long>();
        foreach (var (key, value) in map.Children)
        {
            var option = file.Key(key);
            lines[option] = key.Start.Line;
            values[option] = string.Join('\n', file.Items(value, $"{name}.{option}").Select(item => file.Text(item, $"{name}.{option}")));
        }

        return new OptionSet { Name = name, Values = values.ToImmutable(), LineNumbers = lines, File = file.Name, LineNumber = lineNumber };
    }

    private static SplitConfiguration Split(YamlMap map, YamlFile file)
    {
        var d = new SplitConfiguration();
        var section = d with
        {
            Method = map.ChoiceOrNull<SplitMethod>("method") ?? d.Method,
            Target = map.ChoiceOrNull<InteractionKind>("target"),
            ValidationDays = map.IntegerOrNull("validation_days", 1),
            TestDays = map.IntegerOrNull("test_days", 1),
            ValidationFrom = map.DateOrNull("validation_from"),
            TestFrom = map.DateOrNull("test_from"),
            MinimumHistory = map.Integer("minimum_history", d.MinimumHistory, 0),
        };
        map.Finish();
        if (section is { ValidationFrom: { } validation, TestFrom: { } test } && validation >= test)
            throw new ConfigurationException(file.Name, map.Line("test_from"), "split.test_from must be later than split.validation_from.");
        return section;
    }

    private static EvaluateConfiguration Evaluate(YamlMap map, YamlFile file)
    {
        var d = new EvaluateConfiguration();
        var cutOffs = map.Integers("cut_offs", 1);
        if (cutOffs is { Count: 0 }) throw new ConfigurationException(file.Name, map.Line("cut_offs"), "evaluate.cut_offs is empty; name at least one, such as [10].");
        var section = d with
        {
            CutOffs = cutOffs is null ? d.CutOffs : [.. cutOffs.Distinct().Order()],
            MoneyAt = map.Integer("money_at", d.MoneyAt, 1),
            Bootstrap = map.Integer("bootstrap", d.Bootstrap, 1),
        };
        map.Finish();
        return section;
    }

    private static MoneyConfiguration MoneySection(YamlMap root, YamlFile file)
    {
        var reason = root.TextOrNull("money_reason");
        if (root.Value("money") is YamlScalarNode flag)
            return new MoneyConfiguration { IsOn = file.Flag(flag, "money"), Reason = reason };
        var d = new MoneyConfiguration();
        var map = root.Map("money");
        var factor = map.Map("offline_to_online");
        var offlineToOnline = new AssumedFactor(
            factor.Number("value", d.OfflineToOnline.Value, 0), factor.Number("low", d.OfflineToOnline.Low, 0), factor.Number("high", d.OfflineToOnline.High, 0));
        factor.Finish();
        if (offlineToOnline.Low > offlineToOnline.Value || offlineToOnline.Value > offlineToOnline.High)
            throw new ConfigurationException(file.Name, factor.LineNumber, "money.offline_to_online must have low <= value <= high.");
        var section = d with
        {
            Reason = reason,
            ShoppersAYear = map.NumberOrNull("shoppers_a_year", 0),
            PurchasesAShopperAYear = map.NumberOrNull("purchases_a_shopper_a_year", 0),
            RequestsAShopperAYear = map.NumberOrNull("requests_a_shopper_a_year", 0),
            MarginRate = map.Number("margin_rate", d.MarginRate, 0, 1),
            IsMarginRateStated = map.Has("margin_rate"),
            CostPer1000Requests = map.Number("cost_per_1000_requests", d.CostPer1000Requests, 0),
            LatencyPenalty = map.Number("latency_penalty", d.LatencyPenalty, 0, 1),
            OfflineToOnline = offlineToOnline,
            IsOfflineToOnlineStated = map.Has("offline_to_online"),
            OneOffCost = map.Number("one_off_cost", d.OneOffCost, 0),
            YearlyCost = map.Number("yearly_cost", d.YearlyCost, 0),
            Years = map.Number("years", d.Years, 0, 100),
            Discount = map.Number("discount", d.Discount, 0, 1),
        };
        map.Finish();
        return section;
    }

    private static GuardrailConfiguration Guardrails(YamlMap map)
    {
        var section = new GuardrailConfiguration { CoverageAt10Min = map.NumberOrNull("coverage_at_10_min", 0, 1), RankMsMax = map.NumberOrNull("rank_ms_max", 0) };
        map.Finish();
        return section;
    }
}
