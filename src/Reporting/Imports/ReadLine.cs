using System.Text;
using Delegation.Reporting.Imports.Kinds;

namespace Delegation.Reporting.Imports;

/// <summary>What a line of a file tells, and what is wrong with it. One object for all lines of a file, one after the other.</summary>
internal sealed class ReadLine(ImportKind kind)
{
    private readonly Value[] _values = new Value[kind.Fields.Count];

    /// <summary>The line of the file on which it starts.</summary>
    public long Line { get; private set; }

    /// <summary>The delegate's reference, or the codes that stand for one; of a rejected line too, where it can be read.</summary>
    public ReadOnlyMemory<byte>? Reference { get; set; }

    /// <summary>Why it is rejected: field and reason.</summary>
    public List<(string Field, string Reason)> Faults { get; } = [];

    /// <summary>What looks wrong and is taken all the same.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Its cells that the mapping names, in the order of the fields; of a rejected line only.</summary>
    public string[]? Cells { get; set; }

    /// <summary>Whether it counts.</summary>
    public bool IsAccepted => Faults.Count == 0;

    /// <summary>What it tells in a field.</summary>
    public ref Value this[int field] => ref _values[field];

    /// <summary>Whether the cell has anything in it, right or wrong.</summary>
    public bool IsGiven(int field) => _values[field].IsGiven;

    /// <summary>A day as its number, a time in ticks of UTC, cents or a count; null where there is none, or it is wrong.</summary>
    public long? Number(int field) => _values[field].HasNumber ? _values[field].Number : null;

    /// <summary>A code or text; null where there is none, or it is wrong.</summary>
    public string? Code(int field) => _values[field].Text is { } text ? Encoding.UTF8.GetString(text.Span) : null;

    /// <summary>Sets what follows from other fields.</summary>
    public void Set(int field, long number) => (_values[field].HasNumber, _values[field].Number) = (true, number);

    public void Fault(string field, string reason) => Faults.Add((field, reason));

    public void Warn(string reason) => Warnings.Add(reason);

    /// <summary>Makes place for the next line.</summary>
    public void Clear(long number)
    {
        Line = number;
        Reference = null;
        Cells = null;
        Faults.Clear();
        Warnings.Clear();
        Array.Clear(_values);
    }

    /// <summary>What a field has.</summary>
    internal struct Value
    {
        public bool IsGiven;
        public bool HasNumber;
        public long Number;
        public long? Ticks;
        public double Decimal;
        public ReadOnlyMemory<byte>? Text;
    }
}
