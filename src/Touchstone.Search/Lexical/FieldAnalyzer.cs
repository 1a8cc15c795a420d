using Lucene.Net.Analysis;

namespace Touchstone.Search.Lexical;

/// <summary>Analyzes a field <c>name.analyzer</c> with the analyzer that it names.</summary>
internal sealed class FieldAnalyzer() : AnalyzerWrapper(PER_FIELD_REUSE_STRATEGY)
{
    protected override Analyzer GetWrappedAnalyzer(string fieldName) => Analyzers.Of(fieldName[(fieldName.LastIndexOf('.') + 1)..]);

    protected override TokenStreamComponents WrapComponents(string fieldName, TokenStreamComponents components) => components;
}
