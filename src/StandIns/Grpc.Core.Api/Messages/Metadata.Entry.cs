using System.Buffers;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One header or trailer: a key with a text or a binary value.</summary>
    public class Entry
    {
        // Upper case is taken and lowered: HTTP/2 field names are lower case (RFC 9113 §8.2.1).
        private static readonly SearchValues<char> KeyCharacters =
            SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

        private readonly string? _text;
        private readonly byte[]? _bytes;

        /// <summary>A binary value, copied.</summary>
        /// <param name="key">The key; ends with <see cref="BinaryHeaderSuffix"/>.</param>
        /// <param name="valueBytes">The value.</param>
        /// <exception cref="ArgumentException">The key has another ending or a character that a key cannot have.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = Normalize(key, binary: true);
            _bytes = [.. valueBytes];
        }

        /// <summary>A text value.</summary>
        /// <param name="key">The key; does not end with <see cref="BinaryHeaderSuffix"/>.</param>
        /// <param name="value">The value, ASCII on the wire.</param>
        /// <exception cref="ArgumentException">The key has the binary ending or a character that a key cannot have.</exception>
        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = Normalize(key, binary: false);
            _text = value;
        }

        /// <summary>The key, in lower case.</summary>
        public string Key { get; }

        /// <summary>Whether the value is binary.</summary>
        public bool IsBinary => _bytes is not null;

        /// <summary>The text value.</summary>
        /// <exception cref="InvalidOperationException">The value is binary.</exception>
        public string Value => _text ?? throw new InvalidOperationException($"The value of {Key} is binary.");

        /// <summary>A copy of the value; of a text, its ASCII bytes.</summary>
        public byte[] ValueBytes => _bytes is null ? Encoding.ASCII.GetBytes(Value) : [.. _bytes];

        /// <inheritdoc/>
        public override string ToString() =>
            IsBinary ? $"[Entry: key={Key}, {_bytes!.Length} bytes]" : $"[Entry: key={Key}, value={_text}]";

        internal bool Has(string key) => string.Equals(Key, key, StringComparison.OrdinalIgnoreCase);

        private static string Normalize(string key, bool binary)
        {
            ArgumentNullException.ThrowIfNull(key);
            if (key.AsSpan().ContainsAnyExcept(KeyCharacters))
            {
                throw new ArgumentException(
                    "Metadata entry key not valid. Keys can only contain alphanumeric characters, underscores, hyphens and dots.",
                    nameof(key));
            }

            // Metadata keys are lower case by definition, not by culture.
            var lower = key.ToLowerInvariant();
            return lower.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal) == binary
                ? lower
                : throw new ArgumentException($"The suffix '{BinaryHeaderSuffix}' is for binary values, and only for them.", nameof(key));
        }
    }
}
