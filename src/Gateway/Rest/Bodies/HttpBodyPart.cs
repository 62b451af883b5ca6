using System.Text;
using Google.Api;
using Google.Protobuf;

namespace Delegation.Gateway.Rest.Bodies;

/// <summary>A <c>google.api.HttpBody</c> read in place: its bytes are not copied, however many there are.</summary>
/// <param name="ContentType">The media type; empty when the message does not say it.</param>
/// <param name="Data">The bytes.</param>
internal readonly record struct HttpBodyPart(string ContentType, ReadOnlyMemory<byte> Data)
{
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static HttpBodyPart Read(ReadOnlyMemory<byte> message)
    {
        var part = new HttpBodyPart("", default);
        while (!message.IsEmpty)
        {
            // Every field of it has a length.
            var tag = (uint)Number(ref message);
            var length = Number(ref message);
            if (WireFormat.GetTagWireType(tag) != WireFormat.WireType.LengthDelimited || length > (ulong)message.Length)
                throw new InvalidDataException("The service did not answer with a google.api.HttpBody.");

            var value = message[..(int)length];
            message = message[(int)length..];
            part = WireFormat.GetTagFieldNumber(tag) switch
            {
                HttpBody.ContentTypeFieldNumber => part with { ContentType = Encoding.UTF8.GetString(value.Span) },
                HttpBody.DataFieldNumber => part with { Data = value },
                _ => part,
            };
        }

        return part;
    }

    // https://protobuf.dev/programming-guides/encoding/#varints
    private static ulong Number(ref ReadOnlyMemory<byte> message)
    {
        var number = 0ul;
        for (var i = 0; i < Math.Min(10, message.Length); i++)
        {
            var next = message.Span[i];
            number |= (ulong)(next & 0x7f) << (7 * i);
            if (next < 0x80)
            {
                message = message[(i + 1)..];
                return number;
            }
        }

        throw new InvalidDataException("The service did not answer with a google.api.HttpBody.");
    }
}
