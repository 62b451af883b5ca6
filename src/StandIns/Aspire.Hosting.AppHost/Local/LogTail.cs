namespace Aspire.Hosting.Local;

/// <summary>The last lines that a process wrote: what people want to see when it failed.</summary>
internal sealed class LogTail
{
    private const int Length = 30;
    private readonly Queue<string> _lines = [];

    public void Add(string line)
    {
        lock (_lines)
        {
            if (_lines.Count == Length)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line);
        }
    }

    public IReadOnlyList<string> Lines()
    {
        lock (_lines)
        {
            return [.. _lines];
        }
    }
}
