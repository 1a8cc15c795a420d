using System.Text.RegularExpressions;
using Touchstone.Data.Configuration;

namespace Touchstone.Tests.Data.Configuration;

/// <summary>docs/formats.md and the reader of shop.yaml know the same keys.</summary>
public sealed partial class FormatsDocumentTests
{
    // The part about shop.yaml; other forms follow it.
    private static readonly string s_document = File.ReadAllText(Path.Combine(SharedData.Repository, "docs", "formats.md")).Split("\n## The workspace")[0];

    [Fact]
    public void Every_documented_key_is_read()
    {
        var keys = Documented().ToList();
        Assert.True(keys.Count > 45, $"only {keys.Count} keys were found in docs/formats.md");
        foreach (var key in keys)
        {
            if (key == "path") continue;
            var parts = key.Split('.');
            var yaml = parts.Length == 2 ? $"{parts[0]}: {{{parts[1]}: }}" : IsOfSource(key) ? $"events: [{{path: a.csv, {key}: }}]" : $"{key}: ";
            Read(yaml);
        }
    }

    [Theory]
    [InlineData("qqqqqqqqqqqq: 1", "")]
    [InlineData("split: {qqqqqqqqqqqq: 1}", "split.")]
    [InlineData("money: {qqqqqqqqqqqq: 1}", "money.")]
    [InlineData("evaluate: {qqqqqqqqqqqq: 1}", "evaluate.")]
    [InlineData("privacy: {qqqqqqqqqqqq: 1}", "privacy.")]
    [InlineData("search: {qqqqqqqqqqqq: 1}", "search.")]
    [InlineData("guardrails: {qqqqqqqqqqqq: 1}", "guardrails.")]
    [InlineData("events: [{path: a, qqqqqqqqqqqq: 1}]", "")]
    public void Every_key_that_is_read_is_documented(string yaml, string prefix)
    {
        var message = Assert.Throws<ConfigurationException>(() => Read(yaml)).Message;
        var known = message[(message.IndexOf("known: ", StringComparison.Ordinal) + 7)..^1].Split(", ");
        var documented = Documented().ToHashSet();
        Assert.All(known, key => Assert.True(documented.Contains(prefix + key) || documented.Any(other => other.StartsWith(key + ".", StringComparison.Ordinal)), $"{prefix}{key} is not in docs/formats.md"));
    }

    [Fact]
    public void Every_field_is_documented()
    {
        foreach (var field in SourceFields.Events.Concat(SourceFields.Catalogue)) Assert.Contains($"`{field}`", s_document, StringComparison.Ordinal);
    }

    [Fact]
    public void The_examples_load()
    {
        foreach (Match example in Example.Matches(s_document)) Read(example.Groups[1].Value);
    }

    private static ShopConfiguration Read(string yaml) => ShopConfiguration.Parse(yaml, "/shop/shop.yaml", _ => null);

    private static IEnumerable<string> Documented() => Row.Matches(s_document).SelectMany(row => row.Groups[1].Value.Split(", ")).Select(key => key.Trim('`'));

    private static bool IsOfSource(string key) => s_document.IndexOf($"| `{key}`", StringComparison.Ordinal) > s_document.IndexOf("### Sources", StringComparison.Ordinal);

    [GeneratedRegex(@"^\| ((?:`[a-z0-9_.]+`(?:, )?)+) \|", RegexOptions.Multiline)]
    private static partial Regex Row { get; }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example { get; }
}
