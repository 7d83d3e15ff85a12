import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.exception.ParseErrorException;
import org.apache.velocity.runtime.log.NullLogChute;

/**
 * Renders templates with Apache Velocity in its default configuration. Reads one JSON object a line, with the members
 * "template" and "context", and writes one a line: {"text"}, {"invalid", "line", "column"} or {"failed"}.
 */
public final class Oracle {
  public static void main(String[] arguments) throws Exception {
    PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      Map<?, ?> question = (Map<?, ?>) new Reader(line).value();
      output.println(answer((String) question.get("template"), (Map<?, ?>) question.get("context")));
    }
  }

  private static String answer(String template, Map<?, ?> values) {
    // A new engine each time: macros of one template must not be seen by the next.
    VelocityEngine engine = new VelocityEngine();
    engine.setProperty("runtime.log.logsystem.class", NullLogChute.class.getName());
    engine.setProperty("velocimacro.library", "");
    engine.setProperty("parser.pool.size", "1");
    VelocityContext context = new VelocityContext();
    if (values != null) values.forEach((name, value) -> context.put((String) name, value));
    StringWriter text = new StringWriter();
    try {
      engine.init();
      engine.evaluate(context, text, "template", template);
      return "{\"text\":" + quote(text.toString()) + "}";
    } catch (ParseErrorException error) {
      return "{\"invalid\":" + quote(String.valueOf(error.getMessage())) + ",\"line\":" + error.getLineNumber()
          + ",\"column\":" + error.getColumnNumber() + "}";
    } catch (Throwable error) {
      return "{\"failed\":" + quote(String.valueOf(error.getMessage())) + "}";
    }
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char character : text.toCharArray()) {
      if (character == '"' || character == '\\') quoted.append('\\').append(character);
      else if (character < ' ' || character > '~') quoted.append(String.format("\\u%04x", (int) character));
      else quoted.append(character);
    }
    return quoted.append('"').toString();
  }

  /** JSON to lists, linked maps, strings, booleans and the smallest of Integer, Long and Double. */
  private static final class Reader {
    private final String text;
    private int position = 0;

    Reader(String text) {
      this.text = text;
    }

    Object value() {
      skipSpace();
      switch (text.charAt(position)) {
        case '{': return map();
        case '[': return list();
        case '"': return string();
        case 't': position += 4; return Boolean.TRUE;
        case 'f': position += 5; return Boolean.FALSE;
        case 'n': position += 4; return null;
        default: return number();
      }
    }

    private Map<String, Object> map() {
      Map<String, Object> map = new LinkedHashMap<>();
      for (position += 1, skipSpace(); text.charAt(position) != '}'; skipSpace()) {
        if (text.charAt(position) == ',') position += 1;
        skipSpace();
        String name = string();
        skipSpace();
        position += 1;
        map.put(name, value());
      }
      position += 1;
      return map;
    }

    private List<Object> list() {
      List<Object> list = new ArrayList<>();
      for (position += 1, skipSpace(); text.charAt(position) != ']'; skipSpace()) {
        if (text.charAt(position) == ',') position += 1;
        list.add(value());
      }
      position += 1;
      return list;
    }

    private String string() {
      StringBuilder string = new StringBuilder();
      for (position += 1; text.charAt(position) != '"'; position += 1) {
        char character = text.charAt(position);
        if (character != '\\') {
          string.append(character);
          continue;
        }
        position += 1;
        char escaped = text.charAt(position);
        switch (escaped) {
          case 'n': string.append('\n'); break;
          case 'r': string.append('\r'); break;
          case 't': string.append('\t'); break;
          case 'b': string.append('\b'); break;
          case 'f': string.append('\f'); break;
          case 'u':
            string.append((char) Integer.parseInt(text.substring(position + 1, position + 5), 16));
            position += 4;
            break;
          default: string.append(escaped);
        }
      }
      position += 1;
      return string.toString();
    }

    private Object number() {
      int start = position;
      while (position < text.length() && "+-.eE0123456789".indexOf(text.charAt(position)) >= 0) position += 1;
      String number = text.substring(start, position);
      if (!number.matches("-?\\d+")) return Double.valueOf(number);
      long whole = Long.parseLong(number);
      if (whole == (int) whole) return (int) whole;
      return whole;
    }

    private void skipSpace() {
      while (position < text.length() && text.charAt(position) <= ' ') position += 1;
    }
  }
}
