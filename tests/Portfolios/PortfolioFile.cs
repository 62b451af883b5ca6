using System.Globalization;
using System.Text;

namespace Delegation.Portfolios;

/// <summary>A file with semicolons, written line by line, with the defects that were asked for planted in it.</summary>
internal abstract class PortfolioFile
{
    private const int PartLength = 64 * 1024;
    private const int LinesBetweenDefects = 11;

    private readonly StringBuilder _text = new(PartLength + 1024);
    private readonly List<PlantedDefect> _planted = [];
    private List<Defect> _waiting = [];
    private Stream _to = Stream.Null;
    private long _line = 1;
    private long _next = 3;

    protected abstract string Header { get; }

    /// <summary>A column that is planted at the end of each line; empty for none.</summary>
    protected string Column { get; set; } = "";

    /// <summary>Whether there is another header at the end.</summary>
    protected bool HasColumn { get; private set; }

    public IReadOnlyList<PlantedDefect> Write(Stream to, IEnumerable<Defect> defects)
    {
        (_to, _waiting) = (to, [.. defects]);
        HasColumn = _waiting.Remove(Defect.NirColumn);
        if (HasColumn)
            _planted.Add(new PlantedDefect(Defect.NirColumn, 0, "libelle"));
        _text.Append(Header).Append(HasColumn ? ";libelle\n" : "\n");
        WriteLines();
        Flush();
        return _waiting.Count == 0 ? _planted : throw new InvalidOperationException($"The portfolio is too small for {string.Join(", ", _waiting)}.");
    }

    protected abstract void WriteLines();

    /// <summary>A defect that fits this line, if it is time for one and one that fits is wanted.</summary>
    protected Defect? Plant(string reference, Func<Defect, bool> fits)
    {
        if (_waiting.Count == 0 || _line < _next || _waiting.FindIndex(defect => fits(defect)) is var place && place < 0)
            return null;

        var defect = _waiting[place];
        _waiting.RemoveAt(place);
        _planted.Add(new PlantedDefect(defect, _line + 1, reference));
        _next = _line + LinesBetweenDefects;
        return defect;
    }

    internal PortfolioFile Add(string cell)
    {
        _text.Append(cell).Append(';');
        return this;
    }

    internal PortfolioFile Add(long number)
    {
        _text.Append(number).Append(';');
        return this;
    }

    /// <summary>Euros, with a point.</summary>
    internal PortfolioFile AddMoney(long cents)
    {
        var amount = Math.Abs(cents);
        _text.Append(cents < 0 ? "-" : "").Append(amount / 100).Append('.').Append((char)('0' + (amount % 100 / 10))).Append((char)('0' + (amount % 10))).Append(';');
        return this;
    }

    internal PortfolioFile Add(DateOnly day)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd};");
        return this;
    }

    internal void EndLine()
    {
        // The last separator makes place for the line end, or for what stands in the planted column.
        if (HasColumn)
            _text.Append(Column).Append('\n');
        else
            _text[^1] = '\n';
        _line++;
        if (_text.Length > PartLength)
            Flush();
    }

    private void Flush()
    {
        _to.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        _text.Clear();
    }
}
