using System.IO.Hashing;
using System.Text;

namespace Delegation.Interop.Tests.StandIns;

/// <summary>XXH64 as YARP uses it: seed 0, big-endian.</summary>
/// <seealso href="https://github.com/Cyan4973/xxHash/blob/dev/tests/sanity_test_vectors.h"/>
public sealed class XxHash64Tests
{
    [Theory]
    [InlineData("", 0xEF46DB3751D8E999)]
    [InlineData("a", 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0x44BC2CF5AD770999)]
    [InlineData("123456789", 0x8CB841DB40E6AE83)]
    [InlineData("Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1)]
    public void A_text_has_its_published_hash(string text, ulong hash) => Hashes(Encoding.UTF8.GetBytes(text), hash);

    [Theory]
    [InlineData(1, 0xE934A84ADB052768)]
    [InlineData(4, 0x9136A0DCA57457EE)]
    [InlineData(14, 0x8282DCC4994E35C8)]
    [InlineData(222, 0xB641AE8CB691C174)]
    public void The_reference_buffer_has_the_hash_of_the_reference_tests(int length, ulong hash)
    {
        // The generator of the reference tests.
        var bytes = new byte[length];
        var state = 2_654_435_761UL;
        for (var i = 0; i < length; i++, state = unchecked(state * 11_400_714_785_074_694_797)) bytes[i] = (byte)(state >> 56);
        Hashes(bytes, hash);
    }

    // Lengths on both sides of the steps of the algorithm: words of 4 and 8 bytes, stripes of 32. Computed with the C library.
    [Theory]
    [InlineData(3, 0xE5C7BB4533BC65DD)]
    [InlineData(7, 0x14CC643F630C72D2)]
    [InlineData(8, 0x884A173614B81B8D)]
    [InlineData(11, 0x652A564A95365ACA)]
    [InlineData(12, 0x424AF23F1F08DCA5)]
    [InlineData(31, 0xC346D2B59B4D8EE1)]
    [InlineData(32, 0xCBF59C5116FF32B4)]
    [InlineData(33, 0x0C535D1ACAFB8EAD)]
    [InlineData(63, 0xE26AA9E2A95F8E4F)]
    [InlineData(64, 0xF7C67301DB6713F0)]
    [InlineData(100, 0x6AC1E58032166597)]
    public void Counting_bytes_have_the_hash_of_the_C_library(int length, ulong hash) =>
        Hashes([.. Enumerable.Range(0, length).Select(i => (byte)i)], hash);

    private static void Hashes(byte[] bytes, ulong hash) => Assert.Equal(hash.ToString("X16"), Convert.ToHexString(XxHash64.Hash(bytes)));
}
