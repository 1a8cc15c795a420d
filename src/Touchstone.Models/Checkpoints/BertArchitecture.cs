namespace Touchstone.Models.Checkpoints;

/// <summary>What stands on top of a BERT encoder, and so which tensors its checkpoint holds.</summary>
public enum BertArchitecture
{
    /// <summary>The encoder alone (<c>BertModel</c>); a pooler may be there. Heads of other tasks are passed over.</summary>
    Encoder,

    /// <summary>Encoder, pooler, a dense layer of 128 and one output (<c>BertForSequenceClassification</c>).</summary>
    PairClassifier,

    /// <summary>Encoder, pooler, masked-language and next-sentence heads (<c>BertForPreTraining</c>).</summary>
    Pretraining,
}
