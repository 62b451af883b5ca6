using System.Collections;

namespace Grpc.Core;

/// <summary>Headers or trailers of a call, in order; a key may come several times.</summary>
public sealed partial class Metadata : IList<Metadata.Entry>
{
    /// <summary>What ends the key of a binary value.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>No entries, and none can be added.</summary>
    public static readonly Metadata Empty = new() { IsReadOnly = true };

    private readonly List<Entry> _entries = [];

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public bool IsReadOnly { get; private init; }

    /// <inheritdoc/>
    public Entry this[int index]
    {
        get => _entries[index];
        set => Writable[index] = NotNull(value);
    }

    // Every change goes through here.
    private List<Entry> Writable => IsReadOnly ? throw new InvalidOperationException("Object is read only") : _entries;

    /// <summary>The last entry of a key, or null.</summary>
    /// <param name="key">The key, in any case.</param>
    public Entry? Get(string key) => _entries.FindLast(entry => entry.Has(key));

    /// <summary>The last value of a key, or null.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <exception cref="InvalidOperationException">The value is binary.</exception>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>The last value of a key, or null.</summary>
    /// <param name="key">The key, in any case.</param>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>All entries of a key.</summary>
    /// <param name="key">The key, in any case.</param>
    public IEnumerable<Entry> GetAll(string key) => _entries.Where(entry => entry.Has(key));

    /// <inheritdoc/>
    public void Add(Entry item) => Writable.Add(NotNull(item));

    /// <summary>Adds a text value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value, ASCII on the wire.</param>
    public void Add(string key, string value) => Add(new Entry(key, value));

    /// <summary>Adds a binary value.</summary>
    /// <param name="key">The key; ends with <see cref="BinaryHeaderSuffix"/>.</param>
    /// <param name="valueBytes">The value.</param>
    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    /// <inheritdoc/>
    public void Insert(int index, Entry item) => Writable.Insert(index, NotNull(item));

    /// <inheritdoc/>
    public bool Remove(Entry item) => Writable.Remove(item);

    /// <inheritdoc/>
    public void RemoveAt(int index) => Writable.RemoveAt(index);

    /// <inheritdoc/>
    public void Clear() => Writable.Clear();

    /// <inheritdoc/>
    public bool Contains(Entry item) => _entries.Contains(item);

    /// <inheritdoc/>
    public int IndexOf(Entry item) => _entries.IndexOf(item);

    /// <inheritdoc/>
    public void CopyTo(Entry[] array, int arrayIndex) => _entries.CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public IEnumerator<Entry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Entry NotNull(Entry item) => item ?? throw new ArgumentNullException(nameof(item));
}
